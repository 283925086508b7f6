/** Limits how often something is emitted for a key: the first value goes out immediately, later ones are merged. */
export interface MergingThrottleOptions<T> {
  /** ms between two values of one key. */
  readonly interval: number;
  readonly merge: (earlier: T, later: T) => T;
  readonly emit: (key: string, value: T) => void;
}

export class MergingThrottle<T> {
  readonly #options: MergingThrottleOptions<T>;
  /** Keys that emitted within the last interval, each with what was offered since. */
  readonly #pausing = new Map<string, { timer: NodeJS.Timeout; waiting: T | undefined }>();

  constructor(options: MergingThrottleOptions<T>) {
    this.#options = options;
  }

  offer(key: string, value: T): void {
    const entry = this.#pausing.get(key);
    if (entry === undefined) this.#emit(key, value);
    else entry.waiting = entry.waiting === undefined ? value : this.#options.merge(entry.waiting, value);
  }

  /** Stops emitting, and drops the values that wait. */
  stop(): void {
    for (const { timer } of this.#pausing.values()) clearTimeout(timer);
    this.#pausing.clear();
  }

  #emit(key: string, value: T): void {
    const timer = setTimeout(() => {
      const waiting = this.#pausing.get(key)?.waiting;
      this.#pausing.delete(key);
      if (waiting !== undefined) this.#emit(key, waiting);
    }, this.#options.interval);
    this.#pausing.set(key, { timer, waiting: undefined });
    this.#options.emit(key, value);
  }
}
