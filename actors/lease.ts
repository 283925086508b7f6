/**
 * The lease of a session node: a row that it renews, timed by the database's clock. While the lease is valid, the
 * sessions that were claimed under its incarnation belong to this process. The process trusts the lease until a
 * deadline on its own monotonic clock, counted from before the last successful renewal was sent; when the deadline
 * passes, it ends everything before another node may take over. On SQLite there is no such deadline: no other process
 * can write the file while this one cannot, so a full disk or a suspended machine does not cost it its sessions.
 */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { within } from "../concurrency/deadline.ts";
import type { LeaseTimes } from "../contracts/lease-times.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import {
  markStopping,
  renewLease,
  type NodeFacts,
  type NodeLoad,
  type NodeState,
} from "../db/statements/sessions/nodes.ts";
import { LeaseTrust } from "./lease-trust.ts";
import { join, leaveCluster } from "./membership.ts";
import type { NodeEventListener } from "./node-events.ts";

/** ms between two checks of the deadline. */
const CHECK = 250;

export interface LeaseOptions {
  readonly database: Database;
  readonly facts: NodeFacts;
  readonly hostId: string;
  readonly times: LeaseTimes;
  readonly log: ActorLog;
  readonly onEvent?: NodeEventListener;
  /** What the node's sessions amount to at the moment. */
  readonly load: () => NodeLoad;
  /** Called after each renewal with the ms for which it is trusted. Not on SQLite, where the trust has no end. */
  readonly onRenewed?: (trustedFor: number) => void;
  /** Called when the lease is lost. Everything that this process runs must end at once. */
  readonly onLost: (reason: string) => void;
}

export class Lease {
  readonly incarnation = randomUUID();
  readonly #options: LeaseOptions;
  readonly #trusted: LeaseTrust;
  #renewing: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  #lost = false;
  #state: NodeState = "up";
  #reportedLoad = 0;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#trusted = new LeaseTrust(options.times);
  }

  /** Registers this incarnation and starts to renew the lease. */
  async start(): Promise<void> {
    const { database, facts, hostId, times } = this.#options;
    const sentAt = performance.now();
    const left = await join(database, { ...facts, incarnation: this.incarnation, hostId, ttl: times.ttl });
    for (const { reason } of left) this.#options.onEvent?.({ type: "left", reason });
    this.#trust(sentAt);
    this.#timers = [
      setInterval(() => (this.#renewing ??= this.#renew()), times.renew),
      setInterval(() => this.#check(), CHECK),
    ];
  }

  /** False once the lease can no longer be trusted. */
  get holds(): boolean {
    return !this.#lost && !this.#isOverdue;
  }

  /** True while an operator wants the node to give its sessions away. */
  get isDraining(): boolean {
    return this.#state === "draining";
  }

  /** The load that the node's row shows, in MB. */
  get reportedLoad(): number {
    return this.#reportedLoad;
  }

  /** ms until the lease can no longer be trusted. */
  get remaining(): number {
    return this.#lost ? 0 : this.#trusted.remaining(performance.now());
  }

  /** Renews the lease now, for example because its load or its state has changed. */
  async renew(): Promise<void> {
    if (this.#lost) return;
    await (this.#renewing ??= this.#renew());
  }

  /** Tells the cluster that the node stops: it claims no more sessions. Bounded in time. */
  async announceStop(): Promise<void> {
    await this.#bounded(markStopping(this.#options.database, this.incarnation), "the node's stop was not announced");
  }

  /** Ends the lease. What the node still owns is free afterwards, so nothing of it may run any more. Bounded in time. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#lost = true;
    await this.#bounded(leaveCluster(this.#options.database, this.incarnation), "the lease was not ended in order");
  }

  /** Without an answer the lease simply expires. */
  async #bounded(work: Promise<unknown>, failure: string): Promise<void> {
    const { times, log } = this.#options;
    await within(work, times.answer, () => new Error(`no answer within ${times.answer} ms`)).catch((error: unknown) =>
      log("warn", failure, { error: String(error) }),
    );
  }

  async #renew(): Promise<void> {
    const sentAt = performance.now();
    try {
      const state = await this.#sendRenewal();
      if (this.#lost) return;
      if (state === null) return this.#lose("the lease has expired in the database");
      this.#state = state;
      this.#trust(sentAt);
    } catch (error) {
      this.#options.log("warn", "lease not renewed", { error: String(error) });
    } finally {
      this.#renewing = undefined;
    }
  }

  /** Sends a renewal; null when the lease has expired. */
  async #sendRenewal(): Promise<NodeState | null> {
    const { database, onEvent, times, load } = this.#options;
    const sentAt = performance.now();
    const current = load();
    let renewed = false;
    try {
      const state = await within(
        renewLease(database, this.incarnation, times.ttl, current),
        times.answer,
        () => new Error(`no answer within ${times.answer} ms`),
      );
      renewed = state !== null;
      if (renewed) this.#reportedLoad = current.load;
      return state;
    } finally {
      onEvent?.({ type: "renewal", renewed, ms: performance.now() - sentAt });
    }
  }

  #trust(sentAt: number): void {
    this.#trusted.renewed(sentAt);
    if (this.#expires) this.#options.onRenewed?.(this.remaining);
  }

  get #expires(): boolean {
    return this.#options.database.dialect === "postgres";
  }

  get #isOverdue(): boolean {
    return this.#expires && this.#trusted.remaining(performance.now()) === 0;
  }

  #check(): void {
    if (!this.#lost && this.#isOverdue) this.#lose("no renewal succeeded in time");
  }

  #lose(reason: string): void {
    this.#lost = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#options.log("fatal", "lease lost", { reason });
    this.#options.onLost(reason);
  }
}
