/**
 * Answers of another service that are kept for a moment. They are dropped when that service says that something changed, and
 * after half a minute in any case, since such a word can be lost.
 */
const LIFE = 30_000;
const CAPACITY = 20_000;

export class TtlCache<T> {
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #endOf: (value: T) => number;
  /** Rises with every change, so that an answer that was under way then is not kept. */
  #generation = 0;

  /** @param endOf when a value stops being good by itself, in ms; never when absent. */
  constructor(endOf: (value: T) => number = () => Infinity) {
    this.#endOf = endOf;
  }

  /** The kept answer, or a new one. */
  async get(key: string, load: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const generation = this.#generation;
    const value = await load();
    if (generation === this.#generation) this.#keep(key, value, Math.min(now + LIFE, this.#endOf(value)));
    return value;
  }

  /** Drops the answers that `concerned` picks. */
  forget(concerned: (value: T, key: string) => boolean): void {
    this.#generation += 1;
    for (const [key, { value }] of this.#entries) if (concerned(value, key)) this.#entries.delete(key);
  }

  #keep(key: string, value: T, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    if (this.#entries.size > CAPACITY) this.#entries.delete(this.#entries.keys().next().value!);
  }
}
