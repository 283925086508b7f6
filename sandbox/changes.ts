/** Notifies subscribers that something in the sandbox has changed, so that they need not poll. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  /** Returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
