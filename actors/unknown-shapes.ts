/**
 * Data in a shape that a driver does not understand: counted each time, logged once per shape, never shown to tenants.
 */
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "./node-events.ts";
import type { ActorEvent } from "./protocol.ts";

/** Maximum number of distinct shapes that are logged; further ones are only counted. */
const LOGGED = 1_000;

export class UnknownShapeLog {
  readonly #log: ActorLog;
  readonly #onEvent: NodeEventListener;
  readonly #logged = new Set<string>();

  constructor(log: ActorLog, onEvent: NodeEventListener) {
    this.#log = log;
    this.#onEvent = onEvent;
  }

  record(sessionId: string, { source, shape, count }: Extract<ActorEvent, { type: "unknown_shape" }>): void {
    this.#onEvent({ type: "unknown_shape", source, count });
    const key = `${source} ${shape}`;
    if (this.#logged.has(key) || this.#logged.size >= LOGGED) return;
    this.#logged.add(key);
    this.#log("warn", "unknown shape", { source, shape, sessionId });
  }
}
