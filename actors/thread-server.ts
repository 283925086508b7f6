/** The worker's side of the thread host: receives the node's messages, runs them on an inline host, and answers. */
import type { MessagePort } from "node:worker_threads";
import { DriverError } from "../contracts/transport.ts";
import type { SandboxEndpoint } from "../drivers/driver.ts";
import { InlineHost, type LoadDriver } from "./inline-host.ts";
import type { ActorEvent, FromThread, ToThread, WireFailure } from "./protocol.ts";

/** Serves the port until it closes. */
export function servePort(port: MessagePort, loadDriver: LoadDriver): void {
  const storing = new Map<number, PromiseWithResolvers<void>>();
  const restarting = new Map<number, (sandbox: SandboxEndpoint | null) => void>();
  let lastId = 0;
  const post = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const host = new InlineHost(
    {
      log: (level, message, details) => post({ type: "log", level, message, details }),
      onActorEvent: (sessionId, epoch, event) => {
        const stored = Promise.withResolvers<void>();
        const id = ++lastId;
        storing.set(id, stored);
        post({ type: "event", id, sessionId, epoch, event }, buffersOf(event));
        return stored.promise;
      },
      onRestart: (sessionId) => {
        const { promise, resolve } = Promise.withResolvers<SandboxEndpoint | null>();
        const id = ++lastId;
        restarting.set(id, resolve);
        post({ type: "restart", id, sessionId });
        return promise;
      },
    },
    loadDriver,
  );
  port.on("message", (message: ToThread) => {
    switch (message.type) {
      case "ping":
        return post({ type: "pong" });
      case "renewed":
        return host.renewed(message.trustedFor);
      case "spawn":
        return host.spawn(message.spec);
      case "call":
        return void host.call(message.sessionId, message.call).then(
          (value) => post({ type: "reply", id: message.id, value }),
          (error: unknown) => post({ type: "failure", id: message.id, failure: toWireFailure(error) }),
        );
      case "may_restart":
        restarting.get(message.id)?.(message.sandbox);
        return void restarting.delete(message.id);
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
function buffersOf(event: ActorEvent): ArrayBuffer[] {
  if (event.type !== "message" || !("media" in event.message.content) || event.message.content.media === null)
    return [];
  return [event.message.content.media.bytes.buffer];
}

/** A failure as it crosses the port. Anything that is not a DriverError has an unknown outcome. */
export function toWireFailure(error: unknown): WireFailure {
  if (error instanceof DriverError) return { kind: error.kind, message: error.message, failure: error.failure };
  return { kind: "unknown", message: String(error), failure: null };
}
