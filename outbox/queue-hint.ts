/** The hint that messages were queued. A lost hint costs the time until the next poll, never a message. */
import { broadcast, QUEUE_READY, type Broadcaster } from "../contracts/broadcasts.ts";

const pending = new WeakMap<Broadcaster, Set<string>>();

/** Informs all nodes; calls within one turn of the event loop share one broadcast. */
export function announceQueued(broker: Broadcaster, sessionIds: Iterable<string>): void {
  const known = pending.get(broker);
  const sessions = known ?? new Set<string>();
  for (const sessionId of sessionIds) sessions.add(sessionId);
  if (known !== undefined) return;
  pending.set(broker, sessions);
  setImmediate(() => {
    pending.delete(broker);
    // A broadcast that cannot be sent is a lost hint.
    void broadcast(broker, QUEUE_READY, { sessionIds: [...sessions] });
  });
}
