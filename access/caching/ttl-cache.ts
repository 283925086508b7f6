/**
 * A cache of another service's answers. They are dropped when that service announces a change, and after half a minute
 * in any case, because an announcement can be lost. Concurrent calls for the same key share one load.
 */
import { LRUCache } from "lru-cache";

/** ms. */
const LIFETIME = 30_000;
const CAPACITY = 20_000;

// Not lru-cache's own `fetch`: an answer that was being loaded during a change must still reach its callers, must not
// be kept, and must not be joined by later calls.
export class TtlCache<T extends object> {
  readonly #cache = new LRUCache<string, T>({ max: CAPACITY, ttl: LIFETIME });
  readonly #expiryOf: (value: T) => number;
  /** Replaced at every change, which detaches the loads that started before it. */
  #loading = new Map<string, Promise<T>>();

  /** @param expiryOf Unix ms at which a value expires on its own; never when absent. */
  constructor(expiryOf: (value: T) => number = () => Infinity) {
    this.#expiryOf = expiryOf;
  }

  /** The cached answer, or the result of `load`. A failed load is not cached. */
  async get(key: string, load: () => Promise<T>): Promise<T> {
    return this.#cache.get(key) ?? this.#loading.get(key) ?? this.#load(key, load);
  }

  /** Drops the answers for which `affected` is true. */
  forget(affected: (value: T, key: string) => boolean): void {
    this.#loading = new Map();
    for (const [key, value] of [...this.#cache.entries()]) if (affected(value, key)) this.#cache.delete(key);
  }

  async #load(key: string, load: () => Promise<T>): Promise<T> {
    const loading = this.#loading;
    const end = Date.now() + LIFETIME;
    const answer = load();
    loading.set(key, answer);
    try {
      const value = await answer;
      const ttl = Math.floor(Math.min(end, this.#expiryOf(value)) - Date.now());
      if (loading === this.#loading && ttl > 0) this.#cache.set(key, value, { ttl });
      return value;
    } finally {
      loading.delete(key);
    }
  }
}
