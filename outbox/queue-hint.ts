/** The hint that something was queued. A lost one costs the time until the next look, never a message. */
import type { ServiceBroker } from "moleculer";

/** Broadcast after messages were queued: { sessionIds }. */
export const QUEUE_READY = "queue.ready";

const waiting = new WeakMap<ServiceBroker, Set<string>>();

/** Tells the nodes; many calls in one turn of the event loop become one broadcast. */
export function announceQueued(broker: ServiceBroker, sessionIds: Iterable<string>): void {
  const known = waiting.get(broker);
  const sessions = known ?? new Set<string>();
  for (const sessionId of sessionIds) sessions.add(sessionId);
  if (known !== undefined) return;
  waiting.set(broker, sessions);
  setImmediate(() => {
    waiting.delete(broker);
    void broker.broadcast(QUEUE_READY, { sessionIds: [...sessions] });
  });
}
