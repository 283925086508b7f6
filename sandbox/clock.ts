/** The sandbox's time and timers. It owns every timer, so that closing the sandbox leaves none running. */
export class Clock {
  readonly now: () => number;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Tests replace `now` where the real network would take hours. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Runs `callback` after `ms` and returns a function that cancels it. */
  after(ms: number, callback: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Cancels all timers. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
