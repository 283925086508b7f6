/** Tells whoever waits for something on a phone that something has changed, so that nobody has to poll. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Gives the way to stop listening. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
