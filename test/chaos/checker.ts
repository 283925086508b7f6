/** Compares a history with what the simulated phone received and with what the system says about itself. */
import type { EventEnvelope } from "../../contracts/events.ts";
import type { SandboxItem } from "../../contracts/sandbox.ts";
import type { TestClient } from "../harness/client.ts";
import type { Cluster } from "../harness/cluster.ts";
import { until } from "../harness/system.ts";
import { connected, inboxOf } from "../journeys/pairing.ts";
import { textOf, type Load } from "./load.ts";

export interface Verdict {
  readonly accepted: number;
  readonly refused: number;
  /** Accepted, and not at the phone. */
  readonly lost: number;
  /** At the phone more than once, under any id. */
  readonly doubled: number;
  /** Messages of a session that arrived after a later one of it. */
  readonly disordered: number;
  /** Sent once more under the same id, which the receiver drops. */
  readonly resent: number;
  /** Messages sent by a run of a session after a later run of it had sent. */
  readonly stale: number;
  /** Times that WhatsApp saw two live devices of one session. */
  readonly conflicts: number;
  /** Events that a reader with a cursor missed or got twice. */
  readonly eventGaps: number;
}

/** True when nothing was lost, doubled, disordered or missed. */
export function isSound(verdict: Verdict): boolean {
  const { lost, doubled, disordered, stale, conflicts, eventGaps } = verdict;
  return lost + doubled + disordered + stale + conflicts + eventGaps === 0;
}

/** Reads all events of the tenant while faults go on, from any app process, and continues at its cursor. */
export class EventReader {
  readonly ids: string[] = [];
  readonly #clients: () => readonly TestClient[];
  #cursor: string | null = null;
  #turn = 0;
  #isOver = false;
  #running: Promise<void> = Promise.resolve();

  constructor(clients: () => readonly TestClient[]) {
    this.#clients = clients;
  }

  start(): void {
    this.#running = this.#read();
  }

  /** Resolves once everything is read. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #read(): Promise<void> {
    for (;;) {
      const clients = this.#clients();
      const page = await readPage(clients[this.#turn++ % clients.length]!, this.#cursor).catch(() => null);
      if (page !== null) {
        this.ids.push(...page.data.map(({ id }) => id));
        this.#cursor = page.nextCursor ?? this.#cursor;
        if (this.#isOver && page.data.length === 0) return;
      }
      if (page === null || page.data.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function readPage(
  api: TestClient,
  cursor: string | null,
): Promise<{ data: EventEnvelope[]; nextCursor: string | null }> {
  const after = cursor === null ? "" : `&after=${encodeURIComponent(cursor)}`;
  return api.expect(200, "GET", `/events?limit=200${after}`);
}

/** Waits until everything is sent and every session is connected, and judges. The load must have been stopped. */
export async function judge(
  cluster: Cluster,
  run: { readonly api: TestClient; readonly load: Load; readonly reader: EventReader; readonly to: string },
  sessions: readonly string[],
): Promise<Verdict> {
  const { api, load } = run;
  for (const name of sessions) await connected(api, name);
  await until(async () => (await unfinished(cluster)) === 0, 120_000);
  await run.reader.stop();
  const inbox = (await inboxOf(api, run.to)).toReversed();
  const { disordered, stale } = await judgeOrder(cluster, inbox);
  const events: EventEnvelope[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await readPage(api, cursor);
    events.push(...page.data);
    if (page.data.length === 0) break;
    cursor = page.nextCursor;
  }
  const times = new Map<string, number>();
  for (const { text } of inbox) times.set(text ?? "", (times.get(text ?? "") ?? 0) + 1);
  return {
    accepted: load.accepted.length,
    refused: load.refusals,
    lost: load.accepted.filter(({ session, number }) => !times.has(textOf(session, number))).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    disordered,
    resent: inbox.filter(({ duplicates }) => duplicates > 0).length,
    stale,
    conflicts: events.filter(({ data }) => "reason" in data && data.reason === "conflict").length,
    eventGaps: gapsBetween(
      run.reader.ids,
      events.map(({ id }) => id),
    ),
  };
}

async function unfinished({ database }: Cluster): Promise<number> {
  const sql =
    "SELECT count(*) FROM messages WHERE direction = 'outbound' AND status NOT IN ('sent', 'delivered', 'read')";
  return Number((await database.query<{ count: string }>(sql)).rows[0]!.count);
}

/** Goes through what arrived, oldest first: each session's numbers and epochs must not fall. */
async function judgeOrder(
  { database }: Cluster,
  inbox: readonly SandboxItem[],
): Promise<{ disordered: number; stale: number }> {
  const { rows } = await database.query<{ wa_id: string; claim_epoch: number }>(
    "SELECT wa_id, claim_epoch FROM messages WHERE direction = 'outbound'",
  );
  const epochs = new Map(rows.map((row) => [row.wa_id, Number(row.claim_epoch)]));
  const last = new Map<string, { number: number; epoch: number }>();
  let [disordered, stale] = [0, 0];
  for (const { id, text } of inbox) {
    const [, session = "", number = "0"] = (text ?? "").split(" ");
    const before = last.get(session);
    const now = { number: Number(number), epoch: epochs.get(id) ?? 0 };
    if (before !== undefined && now.number < before.number) disordered += 1;
    if (before !== undefined && now.epoch < before.epoch) stale += 1;
    last.set(session, now);
  }
  return { disordered, stale };
}

/** How many of the ids were missed, read twice, or read in another order. */
function gapsBetween(read: readonly string[], log: readonly string[]): number {
  const once = new Set(read);
  // What was appended after the reader's last page is neither read nor missed.
  const all = log.slice(0, log.lastIndexOf(read.at(-1) ?? "") + 1);
  const missed = all.filter((id) => !once.has(id)).length;
  const repeated = read.length - once.size;
  const moved = missed + repeated > 0 ? 0 : all.filter((id, index) => read[index] !== id).length;
  return missed + repeated + moved;
}
