/**
 * After a PostgreSQL standby was promoted: it may lack the last transactions, and its clock is another. Any process
 * may settle that for the cluster; each node then compares what it runs with what the new server says.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { LeaseTimes } from "../contracts/lease-times.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import { raiseFreeEpochs, recordTimeline, renewAllLeases } from "../db/statements/sessions/failover.ts";
import { readOwnPlacements } from "../db/statements/sessions/placements.ts";
import type { SendQueues } from "../outbox/send-queue.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";

/** Settles a promotion that no process has settled yet; `ttl` is the length of a lease in ms. True if there was one. */
export async function settleFailover(database: Database, ttl: number): Promise<boolean> {
  if (database.dialect === "sqlite") return false;
  return database.transaction(async (sql) => {
    if (!(await recordTimeline(sql))) return false;
    await raiseFreeEpochs(sql);
    await renewAllLeases(sql, ttl);
    return true;
  });
}

/** Gives up the sessions that run here and that the database does not show as this node's. Returns how many. */
async function abandonForeign({ database, incarnation, sessions }: FailoverParts): Promise<number> {
  const own = new Map((await readOwnPlacements(database, incarnation)).map((row) => [row.session_id, row.epoch]));
  const foreign = [...sessions.values()].filter(
    ({ session, isEnding }) => !isEnding && own.get(session.sessionId) !== session.epoch,
  );
  for (const lifecycle of foreign) lifecycle.request("abandon");
  return foreign.length;
}

export interface FailoverParts {
  readonly database: Database;
  readonly incarnation: string;
  readonly lease: Pick<LeaseTimes, "ttl">;
  readonly sessions: ReadonlyMap<string, SessionLifecycle>;
  readonly sendQueues: SendQueues;
  readonly log: ActorLog;
}

/** ms after which the sends that were under way have ended. */
const SENDS_END = 15_000;
/** ms before another try. */
const RETRY = 1_000;

/** Puts a node's sessions and sends right after each failover, until the returned function is called. */
export function followFailovers(parts: FailoverParts): () => void {
  const over = new AbortController();
  const settle = async () => {
    await untilSettled(parts, over.signal);
    await pause(SENDS_END, undefined, { signal: over.signal });
    await untilSettled(parts, over.signal);
  };
  const stop = parts.database.onFailover(() => void settle().catch(() => undefined));
  return () => {
    stop();
    over.abort();
  };
}

async function untilSettled(parts: FailoverParts, signal: AbortSignal): Promise<void> {
  const { database, lease, sendQueues, log } = parts;
  for (;;) {
    signal.throwIfAborted();
    try {
      await settleFailover(database, lease.ttl);
      const abandoned = await abandonForeign(parts);
      const restored = await sendQueues.restoreSends();
      return log("warn", "another database server has taken over", { abandoned, restored });
    } catch (error) {
      log("warn", "the change of the database server is not settled yet", { error: String(error) });
      await pause(RETRY, undefined, { signal });
    }
  }
}
