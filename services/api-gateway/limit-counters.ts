/** Counters of limits in this process. No timer per key: two generations of maps, of which the older one is dropped every other minute, or when the younger one is full. */
import { advance, take, unused, WINDOW, type Limit, type Usage } from "./limit-usage.ts";

/** Keys of a generation. */
const CAPACITY = 50_000;

/** The usage after a request was counted, or was refused. */
export interface Counted {
  readonly open: boolean;
  readonly usage: Readonly<Usage>;
}

export interface Counters {
  /** Counts a request of the subject, unless one of its limits refuses it. */
  count(key: string, limit: Limit): Counted | Promise<Counted>;
}

export class LimitCounters implements Counters {
  readonly #now: () => number;
  #young = new Map<string, Usage>();
  #old = new Map<string, Usage>();
  #bornAt = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  count(key: string, limit: Limit): Counted {
    const now = this.#now();
    const usage = this.#usageOf(key, limit, now);
    advance(usage, limit, now);
    return { open: take(usage, limit), usage };
  }

  /** How many subjects are known. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #usageOf(key: string, limit: Limit, now: number): Usage {
    // Whatever was not used for two minutes is as good as new.
    if (now - this.#bornAt >= 2 * WINDOW || this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bornAt = now;
    }
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const usage = this.#old.get(key) ?? unused(limit, now);
    this.#old.delete(key);
    this.#young.set(key, usage);
    return usage;
  }
}
