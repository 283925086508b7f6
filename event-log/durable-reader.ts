/**
 * A reader whose position is in the database and moves in the same transaction as what the reader writes: each event is
 * processed exactly once, whatever crashes, and replicas of a service share the work. While there is nothing to write,
 * the position moves in memory only.
 */
import { Poller } from "../concurrency/poller.ts";
import type { Sql } from "../db/database.ts";
import { moveCursor, readCursor } from "../db/statements/events/cursors.ts";
import { readEventsAfter, type LoggedEvent } from "../db/statements/events/read-events.ts";
import { BATCH, POLL_INTERVAL, type EventReader, type ReaderOptions } from "./reader.ts";

/** ms after which a reader that had nothing to write saves its position anyway. */
const SAVE_AFTER = 5_000;

/** Writes the results of a batch of events. */
export type EventWork = (sql: Sql) => Promise<void>;

export interface DurableReaderOptions extends ReaderOptions {
  /** ms between two batches: events that come close together share a transaction. */
  readonly gap: number;
  /**
   * Returns what to write for these events, or null. It may read, and is called again for the same events after a
   * crash.
   */
  readonly prepare: (events: readonly LoggedEvent[]) => Promise<EventWork | null>;
  /** Called after the work that `prepare` returned was committed. */
  readonly onCommitted?: () => void;
}

/** Thrown when another replica has moved the cursor; the transaction is rolled back. */
class CursorMoved extends Error {}

export function createDurableReader(options: DurableReaderOptions): EventReader {
  const { database, name, prepare } = options;
  /** The position in the database, and when it was read or written. */
  let saved: { position: number; at: number } | undefined;
  let position = 0;
  const load = async () => {
    saved = { position: await readCursor(database, name, 0), at: Date.now() };
    position = saved.position;
    return saved;
  };
  const write = async (from: number, to: number, work: EventWork | null) => {
    await database.transaction(async (sql) => {
      if (!(await moveCursor(sql, name, from, to))) throw new CursorMoved();
      await work?.(sql);
    });
    saved = { position: to, at: Date.now() };
    if (work !== null) options.onCommitted?.();
  };
  const step = async (): Promise<boolean> => {
    const known = saved ?? (await load());
    const events = await readEventsAfter(database, position, BATCH);
    if (events.length === 0) return false;
    const last = events.at(-1)!.position;
    const work = await prepare(events);
    if (work !== null || Date.now() - known.at > SAVE_AFTER) await write(known.position, last, work);
    position = last;
    return events.length === BATCH;
  };
  const poller = new Poller({
    name,
    interval: POLL_INTERVAL,
    gap: options.gap,
    logger: options.logger,
    work: () =>
      step().catch((error: unknown) => {
        // Another replica was faster, or the batch was not written: start again from the position in the database.
        saved = undefined;
        if (error instanceof CursorMoved) return true;
        throw error;
      }),
  });
  return { start: async () => poller.start(), wake: () => poller.wake(), stop: () => poller.stop() };
}
