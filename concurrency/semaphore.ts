/** At most `limit` holders at a time, first come, first served. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** True when the next caller of `acquire` has to wait. */
  get isFull(): boolean {
    return this.#free <= 0;
  }

  /**
   * Resolves with the function that releases the permit; calling it again does nothing. Rejects with the signal's
   * reason when it aborts first.
   */
  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.isFull) await this.#wait(signal);
    else this.#free -= 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#waiting.splice(this.#waiting.indexOf(enter), 1);
      reject(signal.reason as Error);
    };
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    this.#waiting.push(enter);
    signal.addEventListener("abort", leave, { once: true });
    return promise;
  }
}
