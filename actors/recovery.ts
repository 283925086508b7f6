/**
 * What follows the failure of a session's driver: a restart, soon at first, then with growing delays; or nothing, until
 * a person has acted. A stable connection resets the delays.
 */
import { equalJitter } from "../concurrency/backoff.ts";
import type { SessionReason } from "../contracts/states.ts";

/** Reasons after which an automatic retry would be harmful or useless; a person has to act. */
const FINAL: ReadonlySet<SessionReason> = new Set([
  "conflict",
  "banned",
  "tos_block",
  "browser_missing",
  "unknown_step",
]);

/** Reasons that lie outside of the session: it goes on as soon as what is missing is back. */
const OUTAGES: ReadonlySet<SessionReason> = new Set(["network_lost", "profile_in_use", "sandbox_unreachable"]);

/** How often new codes are shown after the last one of a browser has expired, before a person has to ask for them. */
const UNSCANNED = 5;

/** ms of connection after which earlier failures no longer count. */
const STABLE = 60_000;
const RETRY = { base: 500, cap: 300_000 };
/** The same while what is missing is outside: it can be back at any time. */
const OUTAGE_RETRY = { base: 500, cap: 15_000 };
/** Failures in a row that count as a crash loop. The driver is still retried, with the longest delay. */
const LOOP = 6;

/** The state to report, and the delay of the next try in ms; null for none. */
export interface AfterFailure {
  readonly state: "failed" | "reconnecting";
  readonly reason: SessionReason;
  readonly retryInMs: number | null;
}

export class Recovery {
  readonly #retry: () => void;
  #failures = 0;
  #outages = 0;
  #unscanned = 0;
  #timer: NodeJS.Timeout | undefined;
  #connectedAt: number | undefined;

  /** @param retry starts the driver. */
  constructor(retry: () => void) {
    this.#retry = retry;
  }

  /** True until the first failure. */
  get isFirst(): boolean {
    return this.#failures === 0 && this.#outages === 0;
  }

  get #isLooping(): boolean {
    return this.#failures >= LOOP;
  }

  /** Notes the time at which the session connected. */
  connected(): void {
    this.#connectedAt = Date.now();
    this.#outages = 0;
    this.#unscanned = 0;
  }

  /** Decides on the state after a failure with this reason, and schedules the retry if there is one. */
  after(reason: SessionReason): AfterFailure {
    if (FINAL.has(reason) || (reason === "qr_expired" && ++this.#unscanned >= UNSCANNED))
      return { state: "failed", reason, retryInMs: null };
    if (this.#connectedAt !== undefined && Date.now() - this.#connectedAt > STABLE) this.#failures = 0;
    this.#connectedAt = undefined;
    // However long an outage lasts, it makes no crash loop; neither does a code that no one scans.
    const isFailure = !OUTAGES.has(reason) && reason !== "qr_expired";
    const retryInMs = isFailure ? this.#afterFailure() : equalJitter(OUTAGE_RETRY, this.#outages++);
    if (isFailure) this.#outages = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#retry, retryInMs);
    return isFailure && this.#isLooping
      ? { state: "failed", reason: "crash_loop", retryInMs }
      : { state: "reconnecting", reason, retryInMs };
  }

  #afterFailure(): number {
    const delay = this.#isLooping ? equalJitter({ ...RETRY, base: RETRY.cap }, 0) : equalJitter(RETRY, this.#failures);
    this.#failures += 1;
    return delay;
  }

  /** Cancels the scheduled retry. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
