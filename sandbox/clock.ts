/** The sandbox's time and timers: one owner, so that closing leaves none behind. */
export class Clock {
  readonly now: () => number;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** `now` can be replaced, for what takes hours on the real network. */
  constructor(now: () => number) {
    this.now = now;
  }

  /** Runs `work` after the time and gives a way to call it off. */
  after(ms: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Calls everything off. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
