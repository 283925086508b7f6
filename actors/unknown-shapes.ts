/** Shapes that drivers do not understand: counted each time, logged once for each shape. They never reach a tenant. */
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "./node-events.ts";
import type { ActorEvent } from "./protocol.ts";

/** Distinct shapes that are logged; beyond that they are only counted. */
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
