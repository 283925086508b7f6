/** Lets only so many browsers start at a time: each start takes seconds of a core, and a storm of them starves the sessions that run. */
export class StartGate {
  readonly #limit: number;
  #open = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Resolves when the start may begin, with the function that ends it. */
  async enter(): Promise<() => void> {
    if (this.#open >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#open += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#open -= 1;
      else next();
    };
  }
}
