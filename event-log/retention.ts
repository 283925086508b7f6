/** How long the event log can be read back. */
import type { Database } from "../db/database.ts";
import { deleteOldEvents } from "../db/statements/events/event-retention.ts";

/** ms for which events are kept: 7 days. */
const KEEP = 7 * 24 * 3_600_000;
/** Events deleted in one statement. */
const BATCH = 5_000;

/** Deletes a batch of events that are older; true when more are left. */
export async function deleteExpiredEvents(database: Database): Promise<boolean> {
  return (await deleteOldEvents(database, Date.now() - KEEP, BATCH)) === BATCH;
}
