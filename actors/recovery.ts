/** When to try again after a driver has died: soon, then later and later, with jitter; afresh after it has been well for a while. */

/** ms of being connected after which earlier failures no longer count. */
const STABLE = 60_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 300_000;
/** Failures in a row after which it is called a loop. It is still tried, at the longest delay. */
const LOOP = 6;

export class Recovery {
  readonly #retry: () => void;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #settledAt: number | undefined;

  constructor(retry: () => void) {
    this.#retry = retry;
  }

  get isFirst(): boolean {
    return this.#failures === 0;
  }

  get isLooping(): boolean {
    return this.#failures >= LOOP;
  }

  /** The session is connected. */
  settled(): void {
    this.#settledAt = Date.now();
  }

  /** Plans the next try and returns the delay in ms. */
  next(): number {
    if (this.#settledAt !== undefined && Date.now() - this.#settledAt > STABLE) this.#failures = 0;
    this.#settledAt = undefined;
    const longest = this.isLooping ? LONGEST_DELAY : Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures);
    this.#failures += 1;
    const delay = Math.round(longest * (0.5 + Math.random() / 2));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#retry, delay);
    return delay;
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
