/** Readers of the event log, and the hint that wakes them. The log is the truth; a lost hint costs a poll interval, never an event. */
import type { Logger, ServiceBroker } from "moleculer";
import type { Database, Sql } from "../db/database.ts";
import { moveCursor, readCursor } from "../db/statements/events/cursors.ts";
import { readEventsAfter, readLogBounds, type LoggedEvent } from "../db/statements/events/read-events.ts";
import { Poller } from "../concurrency/poller.ts";

/** Broadcast after events were committed; services that read the log listen for it and call `wake`. */
export const EVENTS_APPENDED = "events.appended";

const pending = new WeakSet<ServiceBroker>();

/** Tells every node that the log has grown; many calls in one turn of the event loop become one broadcast. */
export function announceEvents(broker: ServiceBroker): void {
  if (pending.has(broker)) return;
  pending.add(broker);
  setImmediate(() => {
    pending.delete(broker);
    void broker.broadcast(EVENTS_APPENDED);
  });
}

const BATCH = 500;
/** ms between polls when no hint comes. */
const INTERVAL = 2_000;

export interface EventReader {
  /** Begins to read. */
  start(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
}

interface ReaderOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly name: string;
}

/** ms between two reads of a live reader: what a person sees is not later for it, and a busy log is read in batches. */
const LIVE_GAP = 20;

/** A reader that keeps its place in memory: for fan-out to those who are connected. While nobody is, it reads nothing. */
export interface LiveReader extends EventReader {
  /** Everything up to here was told, or came before anybody was there. */
  readonly position: number;
  /** Somebody is there: from now on they are told what is appended. Call what comes back when they are gone. */
  hold(): Promise<() => void>;
}

export function createLiveReader(
  options: ReaderOptions & { onEvents: (events: readonly LoggedEvent[]) => void },
): LiveReader {
  const { database } = options;
  let position = 0;
  let holds = 0;
  let seeking: Promise<void> = Promise.resolve();
  const seekEnd = async () => {
    position = Math.max(position, (await readLogBounds(database)).newest);
  };
  const poller = new Poller({
    name: options.name,
    interval: INTERVAL,
    gap: LIVE_GAP,
    logger: options.logger,
    work: async () => {
      if (holds === 0) return false;
      await seeking;
      const events = await readEventsAfter(database, position, BATCH);
      // The end may have been sought anew meanwhile.
      const news = events.filter((event) => event.position > position);
      if (news.length > 0) {
        position = news.at(-1)!.position;
        options.onEvents(news);
      }
      return events.length === BATCH;
    },
  });
  const release = () => {
    holds -= 1;
  };
  return {
    get position() {
      return position;
    },
    hold: async () => {
      if (holds++ === 0) seeking = seekEnd();
      try {
        await seeking;
      } catch (error) {
        release();
        throw error;
      }
      return once(release);
    },
    start: async () => poller.start(),
    wake: () => (holds === 0 ? undefined : poller.wake()),
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

class CursorMoved extends Error {}

/** ms after which a reader that had nothing to write notes down how far it has come all the same. */
const NOTE_AFTER = 5_000;

/** Writes what a batch of events comes to. */
export type EventWork = (sql: Sql) => Promise<void>;

export interface DurableReaderOptions extends ReaderOptions {
  /** ms between two batches: events that come close together share a transaction. */
  readonly gap: number;
  /** What is to be written for these events; null when nothing is. It may read, and is asked again after a crash. */
  readonly prepare: (events: readonly LoggedEvent[]) => Promise<EventWork | null>;
  readonly onCommitted?: () => void;
}

/**
 * A reader whose place is in the database and moves in the same transaction as what it writes: each event is worked into
 * the database exactly once, whatever crashes, and replicas of the service share the work. While there is nothing to write
 * the place moves in memory only.
 */
export function createDurableReader(options: DurableReaderOptions): EventReader {
  const { database, name, prepare } = options;
  let noted: { position: number; at: number } | undefined;
  let position = 0;
  const load = async () => {
    noted = { position: await readCursor(database, name, 0), at: Date.now() };
    position = noted.position;
    return noted;
  };
  const write = async (from: number, to: number, work: EventWork | null) => {
    await database.transaction(async (sql) => {
      if (!(await moveCursor(sql, name, from, to))) throw new CursorMoved();
      await work?.(sql);
    });
    noted = { position: to, at: Date.now() };
    if (work !== null) options.onCommitted?.();
  };
  const step = async (): Promise<boolean> => {
    const known = noted ?? (await load());
    const events = await readEventsAfter(database, position, BATCH);
    if (events.length === 0) return false;
    const last = events.at(-1)!.position;
    const work = await prepare(events);
    if (work !== null || Date.now() - known.at > NOTE_AFTER) await write(known.position, last, work);
    position = last;
    return events.length === BATCH;
  };
  const poller = new Poller({
    name,
    interval: INTERVAL,
    gap: options.gap,
    logger: options.logger,
    work: () =>
      step().catch((error: unknown) => {
        // Another replica was faster, or this batch was not written: either way its place is looked up anew.
        noted = undefined;
        if (error instanceof CursorMoved) return true;
        throw error;
      }),
  });
  return { start: async () => poller.start(), wake: () => poller.wake(), stop: () => poller.stop() };
}
