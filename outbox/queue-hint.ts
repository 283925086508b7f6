/** The hint that messages were queued. A lost hint costs the time until the next poll, never a message. */

/** Broadcast after messages were queued: `{ sessionIds }`. */
export const QUEUE_READY = "queue.ready";

export interface QueueReady {
  readonly sessionIds: string[];
}

interface Broadcaster {
  broadcast(name: string, payload: QueueReady): unknown;
}

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
    void broker.broadcast(QUEUE_READY, { sessionIds: [...sessions] });
  });
}
