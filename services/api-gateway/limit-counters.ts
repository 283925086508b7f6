/**
 * Limit counters in this process. There is no timer per key: entries live in two generations, and the older one is
 * dropped every two minutes, or when the younger one is full.
 */
import { advance, take, newUsage, WINDOW, type Limit, type Usage } from "./limit-usage.ts";

/** Keys per generation. */
const CAPACITY = 50_000;

/** The result of counting one request. */
export interface Counted {
  readonly allowed: boolean;
  readonly usage: Readonly<Usage>;
}

export interface Counters {
  /** Counts a request for the key, unless a limit refuses it. */
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
    return { allowed: take(usage, limit), usage };
  }

  /** Number of known keys. */
  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #usageOf(key: string, limit: Limit, now: number): Usage {
    // A usage is back at its initial state after two minutes without requests.
    if (now - this.#bornAt >= 2 * WINDOW || this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bornAt = now;
    }
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const usage = this.#old.get(key) ?? newUsage(limit, now);
    this.#old.delete(key);
    this.#young.set(key, usage);
    return usage;
  }
}
