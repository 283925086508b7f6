/**
 * Actors in a worker thread. When the thread dies, every call in flight fails immediately, and the node is notified of
 * the actors that are gone, so that it can start them in another thread. A thread that does not answer is ended, and
 * has died then. A dead host is never used again.
 */
import { Worker } from "node:worker_threads";
import { DriverError } from "../contracts/transport.ts";
import { within } from "../concurrency/deadline.ts";
import { threadDeadline } from "../contracts/deadlines.ts";
import { durationOf, type ActorHost, type HostEvents } from "./host.ts";
import type { ActorCall, ActorSpec, FromThread, ToThread } from "./protocol.ts";

/** ms between two pings. A thread that answers none of so many is blocked, and will not come back. */
const PING_INTERVAL = 2_500;
const MISSES_ALLOWED = 3;

export class ThreadHost implements ActorHost {
  readonly #worker: Worker;
  readonly #events: HostEvents;
  readonly #sessions = new Set<string>();
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #pinging: NodeJS.Timeout;
  #lastCall = 0;
  /** Pings since the last answer. */
  #unanswered = 0;
  #closing = false;
  #dead = false;

  constructor(events: HostEvents, entry = new URL("./thread.ts", import.meta.url)) {
    this.#events = events;
    this.#worker = new Worker(entry, { execArgv: [] });
    this.#worker.on("message", (message: FromThread) => this.#receive(message));
    this.#worker.on("error", (error) => events.log("error", "actor thread failed", { error: String(error) }));
    this.#worker.on("exit", (code) => this.#onExit(`the thread ended with code ${code}`));
    this.#pinging = setInterval(() => this.#ping(), PING_INTERVAL);
  }

  get size(): number {
    return this.#sessions.size;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** Bytes of heap in use; undefined when the thread is gone or too busy to answer. */
  async heapUsed(): Promise<number | undefined> {
    if (this.#dead) return undefined;
    const statistics = within(this.#worker.getHeapStatistics(), 2_000, () => new Error("busy"));
    return (await statistics.catch(() => undefined))?.used_heap_size;
  }

  spawn(spec: ActorSpec): void {
    this.#sessions.add(spec.sessionId);
    this.#post({ type: "spawn", spec });
  }

  renewed(trustedFor: number): void {
    if (!this.#dead) this.#post({ type: "renewed", trustedFor });
  }

  async call(sessionId: string, call: ActorCall): Promise<unknown> {
    if (this.#dead) throw new DriverError("not_connected", "the session's thread is gone");
    const id = ++this.#lastCall;
    const answer = Promise.withResolvers<unknown>();
    this.#calls.set(id, answer);
    this.#post({ type: "call", id, sessionId, call });
    try {
      return await within(
        answer.promise,
        threadDeadline(durationOf(call)),
        () => new DriverError("unknown", "the session's thread does not answer"),
      );
    } finally {
      this.#calls.delete(id);
      if (call.kind === "stop" || call.kind === "logout") this.#sessions.delete(sessionId);
    }
  }

  async close(): Promise<void> {
    if (this.#dead) return;
    const stops = [...this.#sessions].map((sessionId) =>
      this.call(sessionId, { kind: "stop", reason: "node_stopping" }),
    );
    await Promise.allSettled(stops);
    this.#closing = true;
    await this.#worker.terminate();
  }

  /** Ends the thread at once, without calling onLost. Calls in flight fail. */
  async kill(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
  }

  /** This thread, too, may have been held up: a late timer counts as one ping, however late it is. */
  #ping(): void {
    if (this.#unanswered >= MISSES_ALLOWED) {
      clearInterval(this.#pinging);
      this.#events.log("error", "actor thread does not answer", { sessions: this.#sessions.size });
      return void this.#worker.terminate();
    }
    this.#unanswered += 1;
    this.#post({ type: "ping" });
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromThread): void {
    switch (message.type) {
      case "pong":
        this.#unanswered = 0;
        return;
      case "reply":
        return this.#calls.get(message.id)?.resolve(message.value);
      case "failure": {
        const { kind, message: text, failure } = message.failure;
        return this.#calls.get(message.id)?.reject(new DriverError(kind, text, failure));
      }
      case "restart":
        return void this.#events
          .onRestart(message.sessionId)
          .catch((error: unknown) => {
            this.#events.log("warn", "no start slot", { error: String(error) });
            return null;
          })
          .then((sandbox) => this.#post({ type: "may_restart", id: message.id, sandbox }));
      case "event":
        return void this.#events.onActorEvent(message.sessionId, message.epoch, message.event).then(
          () => this.#post({ type: "stored", id: message.id, error: null }),
          (error: unknown) => this.#post({ type: "stored", id: message.id, error: String(error) }),
        );
      case "log":
        return this.#events.log(message.level, message.message, message.details);
    }
  }

  #onExit(reason: string): void {
    this.#dead = true;
    clearInterval(this.#pinging);
    for (const call of this.#calls.values()) call.reject(new DriverError("unknown", reason));
    this.#calls.clear();
    const lost = [...this.#sessions];
    this.#sessions.clear();
    if (!this.#closing) this.#events.onLost(lost, reason);
  }
}
