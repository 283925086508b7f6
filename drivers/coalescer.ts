/**
 * Merges bursts: of the values put under one key within a second, only the last is emitted, at the end of that second.
 */
const WINDOW_MS = 1_000;

export class Coalescer<T> {
  readonly #emit: (value: T) => void;
  readonly #waiting = new Map<string, { value: T; readonly timer: NodeJS.Timeout }>();
  #isClosed = false;

  constructor(emit: (value: T) => void) {
    this.#emit = emit;
  }

  put(key: string, value: T): void {
    if (this.#isClosed) return;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined)
      this.#waiting.set(key, { value, timer: setTimeout(() => this.#release(key), WINDOW_MS) });
    else waiting.value = value;
  }

  /** Emits the waiting values immediately; later ones are ignored. Idempotent. */
  close(): void {
    for (const key of this.#waiting.keys()) this.#release(key);
    this.#isClosed = true;
  }

  #release(key: string): void {
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(key);
    this.#emit(waiting.value);
  }
}
