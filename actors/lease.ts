/**
 * The lease of a session node: a row that it renews, timed by the database's clock. While the lease is valid, the
 * sessions that were claimed under its incarnation belong to this process. The process trusts the lease until a
 * deadline on its own monotonic clock, counted from before the last successful renewal was sent; when the deadline
 * passes, it ends everything before another node may take over. On SQLite there is no such deadline: no other process
 * can write the file while this one cannot, so a full disk or a suspended machine does not cost it its sessions.
 */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Database } from "../db/database.ts";
import { within } from "../concurrency/deadline.ts";
import { markNode, reapNodes, registerNode, renewLease } from "../db/statements/sessions/nodes.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "./node-events.ts";

/** All in ms. */
export interface LeaseTimes {
  /** How long the lease is valid after a renewal. */
  readonly ttl: number;
  /** Between two renewals. */
  readonly renew: number;
  /** Deadline of one renewal, so that a dead connection does not use up the time of the next ones. */
  readonly answer: number;
  /** How long the process trusts a renewal. Browsers must have ended before `ttl`; 15 % allow for clock drift. */
  readonly fence: number;
}

export const LEASE_TIMES: LeaseTimes = { ttl: 30_000, renew: 5_000, answer: 4_000, fence: 20_000 };

export interface LeaseOptions {
  readonly database: Database;
  readonly nodeId: string;
  readonly hostId: string;
  readonly log: ActorLog;
  readonly onEvent?: NodeEventListener;
  readonly times?: LeaseTimes;
  /** Called when the lease is lost. Everything that this process runs must have ended when it returns. */
  readonly onLost: (reason: string) => void;
}

export class Lease {
  readonly incarnation = randomUUID();
  readonly nodeId: string;
  readonly #options: LeaseOptions;
  readonly #times: LeaseTimes;
  #trustedUntil = 0;
  #renewing: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  #lost = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#times = options.times ?? LEASE_TIMES;
    this.nodeId = options.nodeId;
  }

  /** Registers this incarnation and starts to renew the lease. */
  async start(): Promise<void> {
    const { database, nodeId, hostId } = this.#options;
    const sentAt = performance.now();
    await database.transaction((sql) =>
      registerNode(sql, { incarnation: this.incarnation, nodeId, hostId, ttl: this.#times.ttl }),
    );
    this.#trustedUntil = sentAt + this.#times.fence;
    this.#timers = [
      setInterval(() => (this.#renewing ??= this.#renew()), this.#times.renew),
      setInterval(() => this.#check(), 250),
    ];
  }

  /** False once the lease can no longer be trusted. */
  get holds(): boolean {
    return !this.#lost && !this.#isOverdue;
  }

  /** ms until the lease can no longer be trusted. */
  get remaining(): number {
    return this.#lost ? 0 : Math.max(0, this.#trustedUntil - performance.now());
  }

  /** Marks the node as draining: it claims no more sessions. */
  async drain(): Promise<void> {
    await markNode(this.#options.database, this.incarnation, "draining");
  }

  /** Ends the lease; all sessions must have been released. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#renewing;
    await markNode(this.#options.database, this.incarnation, "dead");
  }

  async #renew(): Promise<void> {
    const sentAt = performance.now();
    const { database, log } = this.#options;
    const { answer, fence } = this.#times;
    try {
      if (await this.#sendRenewal()) this.#trustedUntil = sentAt + fence;
      else this.#lose("the lease has expired in the database");
      await within(reapNodes(database), answer, () => new Error(`no answer within ${answer} ms`));
    } catch (error) {
      log("warn", "lease not renewed", { error: String(error) });
    } finally {
      this.#renewing = undefined;
    }
  }

  /** Sends a renewal; false when the lease has expired. */
  async #sendRenewal(): Promise<boolean> {
    const { database, onEvent } = this.#options;
    const { ttl, answer } = this.#times;
    const sentAt = performance.now();
    let renewed = false;
    try {
      renewed = await within(
        renewLease(database, this.incarnation, ttl),
        answer,
        () => new Error(`no answer within ${answer} ms`),
      );
      return renewed;
    } finally {
      onEvent?.({ type: "renewal", renewed, ms: performance.now() - sentAt });
    }
  }

  get #isOverdue(): boolean {
    return this.#options.database.dialect === "postgres" && performance.now() >= this.#trustedUntil;
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
