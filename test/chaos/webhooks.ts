/**
 * Webhooks to a receiver with faults, while the processes that deliver are killed. Days of retries pass in a minute:
 * the time of each next attempt is checked against the schedule, and then brought forward in the database.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { EventEnvelope } from "../../contracts/events.ts";
import { RETRY_DELAYS } from "../../services/webhook/schedule.ts";
import { startFaultyReceiver, type Answer, type FaultyReceiver } from "../harness/faulty-receiver.ts";
import { until } from "../harness/system.ts";
import type { Fault, Measures, Scenario } from "./scenario.ts";
import { restart, type Stage } from "./stage.ts";

const SHARES: Readonly<Record<Exclude<Answer, "accept">, number>> = { error: 0.3, silence: 0.1, reset: 0.05 };
/** One event in so many is never accepted, until the receiver is mended. */
const HOPELESS = 25;
const PATHS = { session: "/ordered", none: "/plain" } as const;
/** s of messages, during which every app process is killed once. */
const SENDING = 15;
const FINISHED_WITHIN = 400_000;
/** ms that an attempt's own duration and the recording may add to a delay. */
const SLACK = 20_000;

interface PendingRow {
  readonly attempts: string;
  readonly next_attempt_at: string;
  readonly log: string;
}

/** An answer by the dice of the seed. */
function rollAnswer(dice: () => number): Answer {
  let rolled = dice();
  for (const [answer, share] of Object.entries(SHARES)) {
    if (rolled < share) return answer as Answer;
    rolled -= share;
  }
  return "accept";
}

/** Events that were accepted after a later one of their session. */
function countDisordered(events: readonly EventEnvelope[]): number {
  const last = new Map<string, number>();
  let disordered = 0;
  for (const { sessionId, sequence } of events) {
    const before = last.get(sessionId ?? "") ?? 0;
    if (sequence < before) disordered += 1;
    last.set(sessionId ?? "", Math.max(before, sequence));
  }
  return disordered;
}

/** Brings all waiting retries forward. Returns how many were planned outside of the schedule's bounds. */
async function passTime({ cluster }: Stage, webhookIds: readonly string[]): Promise<number> {
  const { rows } = await cluster.database.query<PendingRow>(
    `UPDATE deliveries d SET next_attempt_at = 0 FROM (
       SELECT id, attempts, next_attempt_at, log FROM deliveries
       WHERE webhook_id = ANY($1) AND status = 'pending' AND attempts > 0
         AND next_attempt_at > extract(epoch FROM clock_timestamp()) * 1000
     ) o WHERE d.id = o.id AND d.next_attempt_at = o.next_attempt_at
     RETURNING o.attempts, o.next_attempt_at, o.log`,
    [webhookIds],
  );
  const isOff = ({ attempts, next_attempt_at, log }: PendingRow) => {
    const last = (JSON.parse(log) as { at: string; ms: number }[]).at(-1)!;
    const waited = Number(next_attempt_at) - Date.parse(last.at) - last.ms;
    const planned = RETRY_DELAYS[Number(attempts) - 1] ?? 0;
    return waited < planned * 0.9 - 50 || waited > planned * 1.1 + SLACK;
  };
  return rows.filter(isOff).length;
}

async function countDeliveries({ cluster }: Stage, webhookIds: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await cluster.database.query<{ status: string; count: string }>(
    "SELECT status, count(*) FROM deliveries WHERE webhook_id = ANY($1) GROUP BY status",
    [webhookIds],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}

async function register(stage: Stage, receiver: FaultyReceiver, sessions: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [ordering, path] of Object.entries(PATHS)) {
    const body = { url: `${receiver.origin}${path}`, events: ["message.sent"], sessions, ordering };
    const made = await stage.api.expect<{ id: string; secret: string }>(201, "POST", "/webhooks", body);
    receiver.trust(path, made.secret);
    ids.push(made.id);
  }
  return ids;
}

async function play(stage: Stage, { dice }: Fault): Promise<Measures> {
  let isMended = false;
  const hopeless = (id: string) => Number.parseInt(id.slice(-6), 16) % HOPELESS === 0;
  const receiver = await startFaultyReceiver((_path, id) =>
    isMended ? "accept" : hopeless(id) ? "error" : rollAnswer(dice),
  );
  try {
    const since = new Date().toISOString();
    const ids = await register(stage, receiver, [...stage.phones.keys()].slice(0, 2));
    for (const app of stage.cluster.apps) {
      await pause((SENDING * 1_000) / (stage.cluster.apps.length + 1));
      await restart(stage, app);
    }
    await pause((SENDING * 1_000) / (stage.cluster.apps.length + 1));
    for (const id of ids) await stage.api.expect(200, "PATCH", `/webhooks/${id}`, { events: ["session.deleted"] });
    let offSchedule = 0;
    await until(async () => {
      offSchedule += await passTime(stage, ids);
      return ((await countDeliveries(stage, ids))["pending"] ?? 0) === 0;
    }, FINISHED_WITHIN);
    const { delivered = 0, failed = 0 } = await countDeliveries(stage, ids);
    isMended = true;
    for (const id of ids)
      await stage.api.expect(202, "POST", `/webhooks/${id}/replay`, { since, types: ["message.sent"], only: "failed" });
    await until(async () => {
      await passTime(stage, ids);
      const counts = await countDeliveries(stage, ids);
      return counts["delivered"] === delivered + failed;
    }, FINISHED_WITHIN);
    const [ordered, plain] = [receiver.accepted(PATHS.session), receiver.accepted(PATHS.none)];
    const measures = {
      "deliveries (count)": delivered + failed,
      "attempts (count)": receiver.requests,
      "dead letters, all replayed (count)": failed,
      "forged (count)": receiver.forged,
      "off the schedule (count)": offSchedule,
      "out of order, ordered (count)": countDisordered(ordered.filter(({ id }) => !hopeless(id))),
      "out of order, plain (count)": countDisordered(plain.filter(({ id }) => !hopeless(id))),
    };
    if (receiver.forged + offSchedule + measures["out of order, ordered (count)"] > 0)
      throw new Error(`the webhooks are not sound: ${JSON.stringify(measures)}`);
    if (ordered.length + plain.length !== delivered + failed)
      throw new Error(
        `${delivered + failed} deliveries, but the receiver has accepted ${ordered.length + plain.length}`,
      );
    return measures;
  } finally {
    await receiver.close();
  }
}

export const webhookFaults: Scenario = {
  says: "a webhook receiver with 30 % errors, 10 % timeouts and 5 % resets, while every app process is killed",
  play,
};
