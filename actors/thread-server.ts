/** The worker's side of the thread host: receives the node's messages, runs them on an inline host, and answers. */
import type { MessagePort } from "node:worker_threads";
import { DriverError } from "../contracts/transport.ts";
import { InlineHost, type LoadDriver } from "./inline-host.ts";
import type { ActorEvent, FromThread, ToThread, WireFailure } from "./protocol.ts";

/** Serves the port until it closes. */
export function servePort(port: MessagePort, loadDriver: LoadDriver): void {
  const storing = new Map<number, PromiseWithResolvers<void>>();
  let lastFact = 0;
  const post = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const host = new InlineHost(
    {
      log: (level, message, facts) => post({ type: "log", level, message, facts }),
      onActorEvent: (sessionId, epoch, fact) => {
        const stored = Promise.withResolvers<void>();
        const id = ++lastFact;
        storing.set(id, stored);
        post({ type: "fact", id, sessionId, epoch, fact }, buffersOf(fact));
        return stored.promise;
      },
    },
    loadDriver,
  );
  port.on("message", (message: ToThread) => {
    switch (message.type) {
      case "spawn":
        return host.spawn(message.spec);
      case "call":
        return void host.call(message.sessionId, message.call).then(
          (value) => post({ type: "reply", id: message.id, value }),
          (error: unknown) => post({ type: "failure", id: message.id, failure: toWireFailure(error) }),
        );
      case "stored": {
        const stored = storing.get(message.id);
        storing.delete(message.id);
        if (message.error === null) stored?.resolve();
        else stored?.reject(new Error(message.error));
        return;
      }
    }
  });
}

/** The bytes of inbound media are transferred, not copied; the thread has no further use for them. */
function buffersOf(fact: ActorEvent): ArrayBuffer[] {
  if (fact.type !== "message" || !("media" in fact.message.content) || fact.message.content.media === null) return [];
  return [fact.message.content.media.bytes.buffer];
}

/** A failure as it crosses the port. Anything that is not a DriverError has an unknown outcome. */
export function toWireFailure(error: unknown): WireFailure {
  if (error instanceof DriverError) return { kind: error.kind, message: error.message, failure: error.failure };
  return { kind: "unknown", message: String(error), failure: null };
}
