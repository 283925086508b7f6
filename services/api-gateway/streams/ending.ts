/** Calls back once when a stream ends: at its close by the server, or when the client is gone. */
export class Ending {
  #callbacks: (() => void)[] = [];
  #hasEnded = false;

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  onEnd(callback: () => void): void {
    if (this.#hasEnded) callback();
    else this.#callbacks.push(callback);
  }

  /** Idempotent. */
  readonly end = (): void => {
    this.#hasEnded = true;
    for (const callback of this.#callbacks.splice(0)) callback();
  };
}
