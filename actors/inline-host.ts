/** Actors in the current thread. A worker thread runs an inline host for its thread host. */
import type { DriverModule, DriverName } from "../drivers/driver.ts";
import { DriverError } from "../contracts/transport.ts";
import type { ActorHost, HostEvents } from "./host.ts";
import type { ActorCall, ActorSpec } from "./protocol.ts";
import { SessionActor } from "./session-actor.ts";

export type LoadDriver = (
  name: DriverName,
) => Promise<Pick<DriverModule, "capabilities" | "create" | "keptScreenshot">>;

type ActorEvents = Pick<HostEvents, "onActorEvent" | "onRestart" | "log">;

export class InlineHost implements ActorHost {
  readonly #actors = new Map<string, Promise<SessionActor>>();
  readonly #events: ActorEvents;
  readonly #loadDriver: LoadDriver;
  /** On this process's monotonic clock. */
  #trustedUntil = Infinity;

  constructor(events: ActorEvents, loadDriver: LoadDriver) {
    this.#events = events;
    this.#loadDriver = loadDriver;
  }

  get size(): number {
    return this.#actors.size;
  }

  spawn(spec: ActorSpec): void {
    const actor = this.#create(spec);
    this.#actors.set(spec.sessionId, actor);
    actor.then(
      (created) => created.start().catch((error: unknown) => this.#logFailure(spec, error)),
      (error: unknown) => this.#logFailure(spec, error),
    );
  }

  renewed(trustedFor: number): void {
    this.#trustedUntil = performance.now() + trustedFor;
    for (const actor of this.#actors.values())
      actor.then((created) => created.renewed(trustedFor)).catch(() => undefined);
  }

  async call(sessionId: string, call: ActorCall): Promise<unknown> {
    // A thread that hung may wake up long after another node has taken its sessions.
    if (call.kind === "send" && performance.now() >= this.#trustedUntil)
      throw new DriverError("not_sent", "the node's lease on the session is over");
    const actor = this.#actors.get(sessionId);
    if (actor === undefined) throw new DriverError("not_connected", "the session does not run here");
    try {
      return await (await actor).handle(call);
    } finally {
      if ((call.kind === "stop" || call.kind === "logout") && this.#actors.get(sessionId) === actor)
        this.#actors.delete(sessionId);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(
      [...this.#actors.keys()].map((sessionId) => this.call(sessionId, { kind: "stop", reason: "node_stopping" })),
    );
  }

  async #create(spec: ActorSpec): Promise<SessionActor> {
    const driver = await this.#loadDriver(spec.driver);
    const report = (event: Parameters<HostEvents["onActorEvent"]>[2]) =>
      this.#events.onActorEvent(spec.sessionId, spec.epoch, event);
    const mayRestart = () => this.#events.onRestart(spec.sessionId);
    return new SessionActor(spec, { driver, report, mayRestart, log: this.#events.log });
  }

  #logFailure(spec: ActorSpec, error: unknown): void {
    this.#events.log("error", "actor could not be created", { sessionId: spec.sessionId, error: String(error) });
  }
}
