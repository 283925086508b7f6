/** Deletes events that have been in the log for longer than it keeps them. */
import { systemNow } from "../concurrency/clock.ts";
import type { Database } from "../db/database.ts";
import { deleteOldEvents } from "../db/statements/events/event-retention.ts";

/** ms for which events are kept: 7 days. */
const KEEP = 7 * 24 * 3_600_000;
/** Events deleted in one statement. */
const BATCH = 5_000;

/** Deletes a batch of expired events; true when more may be left. */
export async function deleteExpiredEvents(database: Database): Promise<boolean> {
  return (await deleteOldEvents(database, systemNow() - KEEP, BATCH)) === BATCH;
}
