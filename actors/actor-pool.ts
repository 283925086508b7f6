/** The actor hosts of one node: worker threads, created on demand, or the main thread when `threads` is 0. */
import { DriverError, type OutboundMessage, type SendReceipt } from "../contracts/transport.ts";
import type { DriverName } from "../drivers/driver.ts";
import { loadDriver } from "./driver-factory.ts";
import type { ActorHost, HostEvents } from "./host.ts";
import { InlineHost } from "./inline-host.ts";
import type { ActorCall, ActorSpec } from "./protocol.ts";
import { ThreadHost } from "./thread-host.ts";

/**
 * Sessions with a browser that share a thread before another one gets some: each thread that has one holds the whole
 * library, and the work is done by the browsers.
 */
const BROWSERS_PER_THREAD = 8;

interface Placed {
  readonly host: ActorHost;
  readonly driver: DriverName;
}

export class ActorPool {
  readonly #events: HostEvents;
  readonly #threads: number;
  readonly #entry: URL | undefined;
  #hosts: ActorHost[] = [];
  readonly #placed = new Map<string, Placed>();

  constructor(events: HostEvents, options: { readonly threads: number; readonly threadEntry?: URL }) {
    this.#events = events;
    this.#threads = options.threads;
    this.#entry = options.threadEntry;
  }

  /** Actors on all hosts. */
  get size(): number {
    return this.#placed.size;
  }

  /** True until the session's actor has ended. */
  has(sessionId: string): boolean {
    return this.#placed.has(sessionId);
  }

  spawn(spec: ActorSpec): void {
    const { sessionId, driver } = spec;
    const host = this.#hostFor(driver);
    this.#placed.set(sessionId, { host, driver });
    host.spawn(spec);
  }

  /** The node's lease was renewed: the actors may act for their accounts during the next `trustedFor` ms. */
  renewed(trustedFor: number): void {
    for (const host of this.#hosts) host.renewed(trustedFor);
  }

  async call(sessionId: string, call: ActorCall): Promise<unknown> {
    const host = this.#placed.get(sessionId)?.host;
    if (host === undefined) throw new DriverError("not_connected", "the session does not run here");
    try {
      return await host.call(sessionId, call);
    } finally {
      if ((call.kind === "stop" || call.kind === "logout") && this.#placed.get(sessionId)?.host === host)
        this.#placed.delete(sessionId);
    }
  }

  async send(sessionId: string, message: OutboundMessage): Promise<SendReceipt> {
    return (await this.call(sessionId, { kind: "send", message })) as SendReceipt;
  }

  async find(sessionId: string, message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    return (await this.call(sessionId, { kind: "find", message })) as SendReceipt | null;
  }

  /** Bytes of heap in use by each thread; empty when the actors live in the main thread. */
  async heaps(): Promise<number[]> {
    const heaps = this.#hosts.map((host) => (host instanceof ThreadHost ? host.heapUsed() : undefined));
    return (await Promise.all(heaps)).filter((heap) => heap !== undefined);
  }

  /** Ends all threads at once, without their actors' help. Actors in the main thread cannot be ended like that. */
  async kill(): Promise<void> {
    const threads = this.#hosts.filter((host) => host instanceof ThreadHost);
    if (threads.length < this.#hosts.length) throw new Error("actors in the main thread end only with the process");
    this.#hosts = [];
    this.#placed.clear();
    await Promise.all(threads.map((thread) => thread.kill()));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#hosts.map((host) => host.close()));
    this.#hosts = [];
    this.#placed.clear();
  }

  #hostFor(driver: DriverName): ActorHost {
    this.#hosts = this.#hosts.filter((host) => !(host instanceof ThreadHost && host.isDead));
    const shared = driver === "browser" ? this.#hosts.find((host) => this.#takesBrowser(host)) : undefined;
    return shared ?? this.#leastLoaded();
  }

  #takesBrowser(host: ActorHost): boolean {
    const browsers = [...this.#placed.values()].filter((placed) => placed.host === host && placed.driver === "browser");
    return browsers.length > 0 && browsers.length < BROWSERS_PER_THREAD;
  }

  #leastLoaded(): ActorHost {
    if (this.#hosts.length < Math.max(1, this.#threads)) this.#hosts.push(this.#createHost());
    return this.#hosts.reduce((least, host) => (host.size < least.size ? host : least));
  }

  #createHost(): ActorHost {
    if (this.#threads === 0) return new InlineHost(this.#events, loadDriver);
    const onLost: HostEvents["onLost"] = (sessionIds, reason) => {
      // A session that was moved to another thread meanwhile is not affected.
      const lost = sessionIds.filter((sessionId) => this.#placed.get(sessionId)?.host === host);
      for (const sessionId of lost) this.#placed.delete(sessionId);
      this.#events.onLost(lost, reason);
    };
    const host = new ThreadHost({ ...this.#events, onLost }, this.#entry);
    return host;
  }
}
