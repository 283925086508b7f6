/** Repeats a reading: after an interval, and at once when something may have changed. Never two at the same time. */

export class Polling {
  readonly #read: () => Promise<void>;
  readonly #interval: () => number;
  #timer: NodeJS.Timeout | undefined;
  #isReading = false;
  #mustReadAgain = false;
  #isStopped = false;

  /** `interval` is asked after each reading; ms. */
  constructor(read: () => Promise<void>, interval: () => number) {
    this.#read = read;
    this.#interval = interval;
  }

  /** Reads now, or as soon as the reading that is under way has ended. */
  readonly now = (): void => {
    this.#mustReadAgain = true;
    if (this.#isReading || this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#mustReadAgain = false;
    void this.#read().finally(() => {
      this.#isReading = false;
      if (this.#mustReadAgain) this.now();
      else if (!this.#isStopped) this.#timer = setTimeout(this.now, this.#interval());
    });
  };

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }
}
