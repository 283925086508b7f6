/**
 * When a session's driver is restarted after a failure: soon at first, then with growing delays. A stable connection
 * resets the delays.
 */
import { equalJitter } from "../concurrency/backoff.ts";

/** ms of connection after which earlier failures no longer count. */
const STABLE = 60_000;
const RETRY = { base: 500, cap: 300_000 };
/** The same while what is missing is outside: it can be back at any time. */
const OUTAGE_RETRY = { base: 500, cap: 15_000 };
/** Failures in a row that count as a crash loop. The driver is still retried, with the longest delay. */
const LOOP = 6;

export class Recovery {
  readonly #retry: () => void;
  #failures = 0;
  #outages = 0;
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

  get isLooping(): boolean {
    return this.#failures >= LOOP;
  }

  /** Notes the time at which the session connected. */
  connected(): void {
    this.#connectedAt = Date.now();
    this.#outages = 0;
  }

  /**
   * Schedules the next retry and returns its delay in ms. An outage, such as of the network, is not a failure of the
   * driver: however long it lasts, it makes no crash loop.
   */
  next(isOutage: boolean): number {
    if (this.#connectedAt !== undefined && Date.now() - this.#connectedAt > STABLE) this.#failures = 0;
    this.#connectedAt = undefined;
    const delay = isOutage ? equalJitter(OUTAGE_RETRY, this.#outages++) : this.#afterFailure();
    if (!isOutage) this.#outages = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#retry, delay);
    return delay;
  }

  #afterFailure(): number {
    const delay = this.isLooping ? equalJitter({ ...RETRY, base: RETRY.cap }, 0) : equalJitter(RETRY, this.#failures);
    this.#failures += 1;
    return delay;
  }

  /** Cancels the scheduled retry. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
