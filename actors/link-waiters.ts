/** Callers that wait until it is known whether the session is linked. */
export class LinkWaiters {
  #waiting: (() => void)[] = [];

  /** Resolves when the session is connected or asks to be linked, at the latest after `ms`. */
  async wait(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  resolve(): void {
    for (const proceed of this.#waiting.splice(0)) proceed();
  }
}
