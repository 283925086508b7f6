/** Merges bursts: of the values put under one key within a window, only the last is emitted, at the window's end. */
import type { DriverSettings } from "./driver.ts";

/** ms. */
const CHANGE_WINDOW = 1_000;

/** The setting `changeWindow`: ms in which changes of one chat or contact are merged into one event. */
export function changeWindowOf({ changeWindow }: DriverSettings): number {
  return typeof changeWindow === "number" ? changeWindow : CHANGE_WINDOW;
}

export class Coalescer<T> {
  readonly #emit: (value: T) => void;
  readonly #window: number;
  readonly #waiting = new Map<string, { value: T; readonly timer: NodeJS.Timeout }>();
  #isClosed = false;

  /** `window`: ms. */
  constructor(emit: (value: T) => void, window = CHANGE_WINDOW) {
    this.#emit = emit;
    this.#window = window;
  }

  put(key: string, value: T): void {
    if (this.#isClosed) return;
    const waiting = this.#waiting.get(key);
    if (waiting === undefined)
      this.#waiting.set(key, { value, timer: setTimeout(() => this.#release(key), this.#window) });
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
