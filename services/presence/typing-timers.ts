/** Ends typing after a while: one timer for each session and chat. */
export class TypingTimers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #onError: (error: unknown) => void;

  /** @param onError called when an `end` rejects. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Runs `end` after `ms`; a timer that the key already has is replaced. */
  set(key: string, ms: number, end: () => Promise<unknown>): void {
    this.clear(key);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      end().catch(this.#onError);
    }, ms);
    this.#timers.set(key, timer);
  }

  clear(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
  }

  clearAll(): void {
    for (const key of [...this.#timers.keys()]) this.clear(key);
  }
}
