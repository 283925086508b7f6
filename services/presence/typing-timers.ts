/** Ends typing by itself when nobody does: one timer per session and chat. */
export class TypingTimers {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Runs `end` after `ms`, in place of what was planned for the key. */
  set(key: string, ms: number, end: () => Promise<unknown>): void {
    this.clear(key);
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      end().catch(this.#failed);
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
