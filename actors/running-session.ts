/** What a node knows of a session that it runs. */
import type { Id } from "../contracts/ids.ts";
import type { SessionSettings } from "../contracts/routes/session.ts";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { ClaimedPlacement } from "../db/statements/sessions/placements.ts";
import type { SendingRun } from "../outbox/send-queue.ts";
import type { NodeEventListener } from "./node-events.ts";
import type { ActorEvent } from "./protocol.ts";

export interface CurrentQr {
  readonly qr: string;
  readonly attempt: number;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** Pacing on the real network, in ms, where the session's settings say nothing; the sandbox needs none. */
const DEFAULT_PACE = { gap: 1_200, jitter: 1_800 };

export class RunningSession {
  readonly sessionId: Id<"session">;
  readonly tenantId: Id<"tenant">;
  readonly network: "whatsapp" | "sandbox";
  readonly driver: "browser" | "light";
  readonly autoStart: boolean;
  readonly settings: SessionSettings;
  epoch: number;
  state: SessionState = "starting";
  reason: SessionReason = "requested";
  qr: CurrentQr | undefined;
  /** Ends the start that holds a place at the gate. */
  leaveGate: (() => void) | undefined;
  /** Set while it is being stopped, logged out or deleted. */
  ending = false;
  /** Starts that have not yet made an actor, or given up. */
  startsUnderWay = 0;
  threadDeaths = 0;
  /** When it was taken up, on the monotonic clock; undefined once it is up, or has to be paired first. */
  #takenAt: number | undefined = performance.now();
  readonly #tell: NodeEventListener;
  readonly #watchers = new Set<() => void>();

  constructor(placement: ClaimedPlacement, tell: NodeEventListener) {
    this.#tell = tell;
    this.sessionId = placement.session_id as Id<"session">;
    this.tenantId = placement.tenant_id as Id<"tenant">;
    this.network = placement.network;
    this.driver = placement.driver;
    this.autoStart = placement.auto_start === 1;
    this.settings = JSON.parse(placement.settings) as SessionSettings;
    this.epoch = placement.epoch;
  }

  /** Takes in a fact that was stored. */
  learn(fact: ActorEvent): void {
    this.#tellOf(fact);
    if (fact.type === "qr") this.qr = { qr: fact.text, attempt: fact.attempt, expiresAt: fact.expiresAt };
    if (fact.type === "state") {
      this.state = fact.state;
      this.reason = fact.reason;
      if (fact.state !== "qr") this.qr = undefined;
      if (fact.state !== "starting") this.leaveGate?.();
    }
    for (const watcher of this.#watchers) watcher();
  }

  #tellOf(fact: ActorEvent): void {
    if (fact.type === "qr" || fact.type === "pairing_code") this.#takenAt = undefined;
    if (fact.type === "qr") this.#tell({ type: "qr" });
    if (fact.type !== "state") return;
    const { state, reason } = fact;
    if (state !== this.state || reason !== this.reason)
      this.#tell({ type: "state", state, reason, before: this.state });
    if (state !== "connected" || this.#takenAt === undefined) return;
    this.#tell({ type: "connected", ms: performance.now() - this.#takenAt });
    this.#takenAt = undefined;
  }

  /** The lane on which it sends. */
  lane(): SendingRun {
    const pace = this.network === "whatsapp" ? DEFAULT_PACE : { gap: 0, jitter: 0 };
    return {
      sessionId: this.sessionId,
      tenantId: this.tenantId,
      epoch: this.epoch,
      gap: this.settings.minGapMs ?? pace.gap,
      jitter: this.settings.jitterMs ?? pace.jitter,
    };
  }

  /** The first value that `look` gives, now or after a later fact; undefined when `ms` have passed. */
  async watch<T>(look: () => T | undefined, ms: number): Promise<T | undefined> {
    const now = look();
    if (now !== undefined || ms <= 0) return now;
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const watcher = () => {
      const seen = look();
      if (seen !== undefined) resolve(seen);
    };
    this.#watchers.add(watcher);
    const timer = setTimeout(() => resolve(undefined), ms);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#watchers.delete(watcher);
    }
  }
}
