/**
 * What readers of the event log have in common. A reader starts after a position and reads in batches, in the order of
 * the log, up to the writers' watermark (db/statements/events/writer-watermark.ts): events that are committed later
 * have higher positions, so none is skipped. A hint (announce.ts) wakes the readers; they also poll, so that a lost
 * hint costs one interval.
 */
import type { Database } from "../db/database.ts";
import type { PollerOptions } from "../concurrency/poller.ts";

export interface EventReader {
  start(): Promise<void>;
  /** There may be new events. */
  wake(): void;
  /** Settles when the batch under way is done. */
  stop(): Promise<void>;
}

export interface ReaderOptions {
  readonly database: Database;
  readonly logger: PollerOptions["logger"];
  /** Identifies the reader in the log and, for a durable reader, its cursor in the database. */
  readonly name: string;
}

/** Events read in one statement. */
export const BATCH = 500;
/** ms between two polls when no hint comes. */
export const POLL_INTERVAL = 2_000;
