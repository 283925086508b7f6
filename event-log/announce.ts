/**
 * The hint that wakes the readers of the event log. The log is the source of truth: a lost hint costs a poll interval.
 */
import { broadcast, EVENTS_APPENDED, type Broadcaster } from "../contracts/broadcasts.ts";

const pending = new WeakSet<Broadcaster>();

/** Announces to every process that the log has grown; calls within one turn of the event loop share a broadcast. */
export function announceEvents(broadcaster: Broadcaster): void {
  if (pending.has(broadcaster)) return;
  pending.add(broadcaster);
  setImmediate(() => {
    pending.delete(broadcaster);
    void broadcast(broadcaster, EVENTS_APPENDED);
  });
}
