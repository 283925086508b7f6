/**
 * The process's lease: a row that it renews on the database's clock. While it holds, the sessions claimed under its
 * incarnation are its own. It trusts the lease only up to a deadline counted from before the last good renewal was sent, on
 * the monotonic clock; when that passes it gives up everything before anyone else may take over. A SQLite file is different:
 * while this process cannot write it, nobody else can, so neither a full disk nor a machine that slept costs the sessions.
 */
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Database } from "../db/database.ts";
import { within } from "../concurrency/deadline.ts";
import { markNode, reapNodes, registerNode, renewLease } from "../db/statements/sessions/nodes.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "./node-events.ts";

/** ms. */
export interface LeaseTimes {
  readonly ttl: number;
  /** From one renewal to the next. */
  readonly renew: number;
  /** For the answer to one: a connection that is silently gone must not cost the time of all the others. */
  readonly answer: number;
  /** Leaves time for browsers to die before `ttl` has passed, with 15 % for clocks that run at different rates. */
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
  /** Everything that this process runs must be gone when it returns. */
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

  /** Registers this incarnation and begins to renew. */
  async start(): Promise<void> {
    const { database, nodeId, hostId } = this.#options;
    const asked = performance.now();
    await database.transaction((sql) =>
      registerNode(sql, { incarnation: this.incarnation, nodeId, hostId, ttl: this.#times.ttl }),
    );
    this.#trustedUntil = asked + this.#times.fence;
    this.#timers = [
      setInterval(() => (this.#renewing ??= this.#renew()), this.#times.renew),
      setInterval(() => this.#check(), 250),
    ];
  }

  /** False once the lease can no longer be trusted. */
  get holds(): boolean {
    return !this.#lost && !this.#isOverdue;
  }

  /** ms for which the lease can still be trusted. */
  get remaining(): number {
    return this.#lost ? 0 : Math.max(0, this.#trustedUntil - performance.now());
  }

  /** Takes no more sessions. */
  async drain(): Promise<void> {
    await markNode(this.#options.database, this.incarnation, "draining");
  }

  /** Ends the lease after everything was let go. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#renewing;
    await markNode(this.#options.database, this.incarnation, "dead");
  }

  async #renew(): Promise<void> {
    const asked = performance.now();
    const { database, log } = this.#options;
    const { answer, fence } = this.#times;
    try {
      if (await this.#ask()) this.#trustedUntil = asked + fence;
      else this.#lose("the database says that the lease has run out");
      await within(reapNodes(database), answer, () => new Error(`no answer within ${answer} ms`));
    } catch (error) {
      log("warn", "lease not renewed", { error: String(error) });
    } finally {
      this.#renewing = undefined;
    }
  }

  /** Asks for a renewal, and tells how that went. */
  async #ask(): Promise<boolean> {
    const { database, onEvent } = this.#options;
    const { ttl, answer } = this.#times;
    const asked = performance.now();
    let renewed = false;
    try {
      renewed = await within(
        renewLease(database, this.incarnation, ttl),
        answer,
        () => new Error(`no answer within ${answer} ms`),
      );
      return renewed;
    } finally {
      onEvent?.({ type: "renewal", renewed, ms: performance.now() - asked });
    }
  }

  get #isOverdue(): boolean {
    return this.#options.database.dialect === "postgres" && performance.now() >= this.#trustedUntil;
  }

  #check(): void {
    if (!this.#lost && this.#isOverdue) this.#lose("no renewal came through in time");
  }

  #lose(reason: string): void {
    this.#lost = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#options.log("fatal", "lease lost", { reason });
    this.#options.onLost(reason);
  }
}
