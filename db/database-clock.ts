/** Keeps the system's clock (concurrency/clock.ts) on that of the PostgreSQL server. */
import { followClock } from "../concurrency/clock.ts";
import type { Sql } from "./database.ts";

/** ms between two measurements; clocks drift by much less than a millisecond in this time. */
const INTERVAL = 10_000;
/** A measurement that took longer says less than the one before. */
const LONGEST = 1_000;
/** ms between two looks for a suspended machine: the monotonic clock stands still meanwhile. */
const LOOK = 1_000;

/** Measures now and from then on, and when `measure` is called: another server has another clock. */
export async function followDatabaseClock(
  sql: Pick<Sql, "all">,
): Promise<{ readonly measure: () => void; readonly stop: () => void }> {
  await measure(sql);
  let [measuredAt, drift] = [performance.now(), driftOfMachine()];
  const timer = setInterval(() => {
    const hasSlept = Math.abs(driftOfMachine() - drift) > LOOK;
    if (!hasSlept && performance.now() - measuredAt < INTERVAL) return;
    [measuredAt, drift] = [performance.now(), driftOfMachine()];
    // Without an answer the last measurement stays good enough.
    measure(sql).catch(() => undefined);
  }, LOOK).unref();
  return { measure: () => void measure(sql).catch(() => undefined), stop: () => clearInterval(timer) };
}

/** ms between this machine's two clocks: it changes when the machine was suspended, or its clock set. */
function driftOfMachine(): number {
  return Date.now() - performance.now();
}

async function measure(sql: Pick<Sql, "all">): Promise<void> {
  const sentAt = performance.now();
  const rows = await sql.all<{ now: number }>("SELECT (extract(epoch from clock_timestamp()) * 1000)::bigint AS now");
  const answeredAt = performance.now();
  // The server read its clock somewhere between; the middle is wrong by half the time at most.
  if (answeredAt - sentAt <= LONGEST) followClock(rows[0]!.now, (sentAt + answeredAt) / 2);
}
