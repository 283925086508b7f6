/** The hosts of one node: worker threads made as they are needed, or the main thread when there are to be none. A new actor goes to the emptiest. */
import { DriverError } from "../contracts/transport.ts";
import { loadDriver } from "./driver-factory.ts";
import type { ActorHost, HostEvents } from "./host.ts";
import { InlineHost } from "./inline-host.ts";
import type { ActorCall, ActorSpec } from "./protocol.ts";
import { ThreadHost } from "./thread-host.ts";

export class ActorPool {
  readonly #events: HostEvents;
  readonly #threads: number;
  readonly #entry: URL | undefined;
  #hosts: ActorHost[] = [];
  readonly #placed = new Map<string, ActorHost>();

  constructor(events: HostEvents, options: { readonly threads: number; readonly threadEntry?: URL }) {
    this.#events = events;
    this.#threads = options.threads;
    this.#entry = options.threadEntry;
  }

  /** Actors that live here. */
  get size(): number {
    return this.#placed.size;
  }

  /** True while something of the session lives here, if only to end. */
  holds(sessionId: string): boolean {
    return this.#placed.has(sessionId);
  }

  spawn(spec: ActorSpec): void {
    const host = this.#emptiest();
    this.#placed.set(spec.sessionId, host);
    host.spawn(spec);
  }

  async call(sessionId: string, call: ActorCall): Promise<unknown> {
    const host = this.#placed.get(sessionId);
    if (host === undefined) throw new DriverError("not_connected", "the session does not run here");
    try {
      return await host.call(sessionId, call);
    } finally {
      if ((call.kind === "stop" || call.kind === "logout") && this.#placed.get(sessionId) === host)
        this.#placed.delete(sessionId);
    }
  }

  /** Bytes of heap in use by each thread; none for actors in the main thread, whose heap is the process's. */
  async heaps(): Promise<number[]> {
    const heaps = this.#hosts.map((host) => (host instanceof ThreadHost ? host.heapUsed() : undefined));
    return (await Promise.all(heaps)).filter((heap) => heap !== undefined);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#hosts.map((host) => host.close()));
    this.#hosts = [];
    this.#placed.clear();
  }

  #emptiest(): ActorHost {
    this.#hosts = this.#hosts.filter((host) => !(host instanceof ThreadHost && host.isDead));
    if (this.#hosts.length < Math.max(1, this.#threads)) this.#hosts.push(this.#makeHost());
    return this.#hosts.reduce((least, host) => (host.size < least.size ? host : least));
  }

  #makeHost(): ActorHost {
    if (this.#threads === 0) return new InlineHost(this.#events, loadDriver);
    const onLost: HostEvents["onLost"] = (sessionIds, reason) => {
      // One that lives in another thread by now has lost nothing.
      const lost = sessionIds.filter((sessionId) => this.#placed.get(sessionId) === host);
      for (const sessionId of lost) this.#placed.delete(sessionId);
      this.#events.onLost(lost, reason);
    };
    const host = new ThreadHost({ ...this.#events, onLost }, this.#entry);
    return host;
  }
}
