/**
 * A reader that keeps its position in memory, for clients that are connected now. Without subscribers it reads nothing.
 */
import { Poller } from "../concurrency/poller.ts";
import { readEventsAfter, readLogBounds, type LoggedEvent } from "../db/statements/events/read-events.ts";
import { BATCH, POLL_INTERVAL, type EventReader, type ReaderOptions } from "./reader.ts";

/** ms between two reads: too short to be noticed, and a busy log is read in batches. */
const READ_GAP = 20;

export interface LiveReader extends EventReader {
  /** Every event up to this position was passed to `onEvents`, or was appended while there was no subscriber. */
  readonly position: number;
  /**
   * Adds a subscriber: events appended from now on are read. Returns the function that removes it; it is idempotent.
   */
  subscribe(): Promise<() => void>;
}

export function createLiveReader(
  options: ReaderOptions & { onEvents: (events: readonly LoggedEvent[]) => void },
): LiveReader {
  const { database } = options;
  let position = 0;
  let subscribers = 0;
  let seeking: Promise<void> = Promise.resolve();
  const seekEnd = async () => {
    position = Math.max(position, (await readLogBounds(database)).newest);
  };
  const poller = new Poller({
    name: options.name,
    interval: POLL_INTERVAL,
    gap: READ_GAP,
    logger: options.logger,
    work: async () => {
      if (subscribers === 0) return false;
      await seeking;
      const events = await readEventsAfter(database, position, BATCH);
      // Another subscriber may have moved the position to the end of the log during the read.
      const unseen = events.filter((event) => event.position > position);
      if (unseen.length > 0) {
        position = unseen.at(-1)!.position;
        options.onEvents(unseen);
      }
      return events.length === BATCH;
    },
  });
  const release = () => {
    subscribers -= 1;
  };
  return {
    get position() {
      return position;
    },
    subscribe: async () => {
      if (subscribers++ === 0) seeking = seekEnd();
      try {
        await seeking;
      } catch (error) {
        release();
        throw error;
      }
      return once(release);
    },
    start: async () => poller.start(),
    wake: () => (subscribers === 0 ? undefined : poller.wake()),
    stop: () => poller.stop(),
  };
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
