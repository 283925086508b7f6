/**
 * Estimates of counts and sums that are too expensive to query for every request. A queried value is used for a while;
 * this process adds its own changes to it, and sees those of other processes at the next query. Good enough for limits
 * that prevent unbounded growth, not for exact ones.
 */
import { LRUCache } from "lru-cache";

interface Estimate {
  value: number;
  readonly readAt: number;
}

export interface Reservation {
  /** The limit leaves room, and the amount was added. */
  readonly accepted: boolean;
  /** The estimate before the amount. */
  readonly used: number;
  /** The estimate before this call queried the value again; otherwise equal to `used`. */
  readonly before: number;
}

const CAPACITY = 10_000;

export class Estimates {
  readonly #maxAge: number;
  readonly #entries = new LRUCache<string, Estimate>({ max: CAPACITY });

  /** @param maxAge ms for which a value is used before it is queried again. */
  constructor(maxAge: number) {
    this.#maxAge = maxAge;
  }

  /** Adds the amount to the key's estimate unless it would then exceed the limit. */
  async reserve(key: string, amount: number, limit: number, query: () => Promise<number>): Promise<Reservation> {
    const known = this.#entries.get(key);
    const isFresh = known !== undefined && Date.now() - known.readAt < this.#maxAge;
    const entry = isFresh ? known : { value: await query(), readAt: Date.now() };
    if (!isFresh) this.#entries.set(key, entry);
    const used = entry.value;
    const accepted = used + amount <= limit;
    if (accepted) entry.value += amount;
    return { accepted, used, before: isFresh ? used : (known?.value ?? used) };
  }
}
