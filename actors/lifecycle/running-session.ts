/** A session as its owning node knows it: its settings, its epoch and its last reported state. */
import type { Id } from "../../contracts/ids.ts";
import type { SessionSettings } from "../../contracts/session-settings.ts";
import type { SessionReason, SessionState } from "../../contracts/states.ts";
import type { ClaimedPlacement, MoveReason } from "../../db/statements/sessions/placements.ts";
import type { SendingRun } from "../../outbox/send-queue.ts";
import type { RejectedCall } from "../node-options.ts";
import type { NodeEventListener } from "../node-events.ts";
import type { SessionEvent } from "../protocol.ts";

export interface CurrentQr {
  readonly qr: string;
  readonly attempt: number;
  /** Unix ms. */
  readonly expiresAt: number;
}

/** Pacing on the real network, in ms, where the session's settings have none; the sandbox needs none. */
const DEFAULT_PACE = { gap: 1_200, jitter: 1_800 };

/** ms of connection after which earlier deaths of its thread no longer count. */
const STABLE = 60_000;

export interface UnwrittenState {
  readonly event: Extract<SessionEvent, { type: "state" }>;
  /** Unix ms. */
  readonly since: number;
}

/** Where a session is to run next. */
export interface HandOver {
  /** A node's name; null for any other one. */
  readonly to: string | null;
  readonly why: MoveReason;
}

export class RunningSession {
  readonly sessionId: Id<"session">;
  readonly tenantId: Id<"tenant">;
  readonly network: "whatsapp" | "sandbox";
  readonly driver: "browser" | "light";
  readonly autoStart: boolean;
  readonly settings: SessionSettings;
  /** Sealed; null when the proxy has none. */
  readonly proxyPassword: string | null;
  /** MB. */
  readonly weight: number;
  epoch: number;
  state: SessionState = "starting";
  reason: SessionReason = "requested";
  qr: CurrentQr | undefined;
  /** Why it is restarted; set before the command `restart`. */
  restartReason: SessionReason = "requested";
  /** When something last happened in it, on the monotonic clock. */
  activeAt = performance.now();
  /** The latest state that was observed and is not stored yet. */
  unwritten: UnwrittenState | undefined;
  /** The step that its start is in; null for none. */
  phase: string | null = null;
  #threadDeaths = 0;
  #connectedSince: number | undefined;
  /** Set before the command `move`. */
  handOver: HandOver = { to: null, why: "requested" };
  #releaseStartSlot: (() => void) | undefined;
  /** When it was claimed, on the monotonic clock; undefined once it is connected, or has to be paired first. */
  #claimedAt: number | undefined = performance.now();
  readonly #onEvent: NodeEventListener;
  readonly #watchers = new Set<() => void>();

  constructor(placement: ClaimedPlacement, onEvent: NodeEventListener) {
    this.#onEvent = onEvent;
    this.sessionId = placement.session_id as Id<"session">;
    this.tenantId = placement.tenant_id as Id<"tenant">;
    this.network = placement.network;
    this.driver = placement.driver;
    this.autoStart = placement.auto_start === 1;
    this.settings = JSON.parse(placement.settings) as SessionSettings;
    this.proxyPassword = placement.proxy_password;
    this.weight = placement.weight;
    this.epoch = placement.epoch;
  }

  /** What is to be done about a call; null when the settings let it ring. */
  rejectionOf({ id: callId, from }: Extract<SessionEvent, { type: "call" }>): RejectedCall | null {
    // Settings from before this one lack it.
    const rejection = this.settings.rejectCalls ?? null;
    if (rejection === null) return null;
    const { sessionId, tenantId } = this;
    return { sessionId, tenantId, callId, from: from.chatId, message: rejection.message };
  }

  /** Updates the session from an event of its actor that was stored. */
  apply(event: SessionEvent): void {
    this.#emitNodeEvents(event);
    this.activeAt = performance.now();
    if (event.type === "qr") this.qr = { qr: event.text, attempt: event.attempt, expiresAt: event.expiresAt };
    if (event.type === "state") {
      if (event.state !== "connected") this.#connectedSince = undefined;
      else if (this.state !== "connected") this.#connectedSince = performance.now();
      this.state = event.state;
      this.reason = event.reason;
      const { startPhase, waitingFor } = event.evidence;
      this.phase = String(startPhase ?? waitingFor ?? "") || null;
      if (event.state !== "qr") this.qr = undefined;
      if (event.state !== "starting") this.releaseStartSlot();
    }
    this.notify();
  }

  /** How often its thread has died before, without a stable connection in between. */
  countThreadDeath(): number {
    if (this.#connectedSince !== undefined && performance.now() - this.#connectedSince > STABLE) this.#threadDeaths = 0;
    return this.#threadDeaths++;
  }

  /** Stores the function that releases the start slot; it is called when the session is up, or its start has ended. */
  holdStartSlot(release: () => void): void {
    this.#releaseStartSlot?.();
    this.#releaseStartSlot = release;
  }

  releaseStartSlot(): void {
    this.#releaseStartSlot?.();
    this.#releaseStartSlot = undefined;
  }

  /** Makes every pending `watch` read again. */
  notify(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #emitNodeEvents(event: SessionEvent): void {
    if (event.type === "qr" || event.type === "pairing_code") this.#claimedAt = undefined;
    if (event.type === "qr") this.#onEvent({ type: "qr" });
    if (event.type !== "state") return;
    const { state, reason } = event;
    if (state !== this.state || reason !== this.reason)
      this.#onEvent({ type: "state", state, reason, before: this.state });
    if (state !== "connected" || this.#claimedAt === undefined) return;
    this.#onEvent({ type: "connected", ms: performance.now() - this.#claimedAt });
    this.#claimedAt = undefined;
  }

  /** The run and its pace, for the send queues. */
  sending(): SendingRun {
    const pace = this.network === "whatsapp" ? DEFAULT_PACE : { gap: 0, jitter: 0 };
    return {
      sessionId: this.sessionId,
      tenantId: this.tenantId,
      epoch: this.epoch,
      gap: this.settings.minGapMs ?? pace.gap,
      jitter: this.settings.jitterMs ?? pace.jitter,
    };
  }

  /** Returns the first defined value of `read`, now or after a later change; undefined after `ms`. */
  async watch<T>(read: () => T | undefined, ms: number): Promise<T | undefined> {
    const now = read();
    if (now !== undefined || ms <= 0) return now;
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const watcher = () => {
      const value = read();
      if (value !== undefined) resolve(value);
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
