/** Work that is done when it is called for and, besides, every so often, never twice at the same time. */
export interface PollerOptions {
  /** Longest time between two runs, in ms. */
  readonly interval: number;
  /** Least time from one run's end to the next's start, in ms; what comes meanwhile is done together. None when absent. */
  readonly gap?: number;
  /** One run; true asks for the next at once because more is waiting. */
  readonly work: () => Promise<boolean>;
  readonly logger: { error(message: string, details: Record<string, unknown>): void };
  /** Names the work in the log. */
  readonly name: string;
}

export class Poller {
  readonly #options: PollerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #wanted = false;
  #stopped = false;
  #failures = 0;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.wake();
  }

  /** Asks for a run: now, or right after the one that is under way. */
  wake(): void {
    if (this.#stopped) return;
    this.#wanted = true;
    if (this.#running !== undefined) return;
    const early = (this.#options.gap ?? 0) - (performance.now() - this.#endedAt);
    clearTimeout(this.#timer);
    if (early > 0) this.#timer = setTimeout(() => this.#begin(), early);
    else this.#begin();
  }

  #begin(): void {
    if (this.#stopped || this.#running !== undefined) return;
    this.#running = this.#runAll().finally(() => {
      this.#running = undefined;
      this.#endedAt = performance.now();
      if (this.#stopped) return;
      if (this.#wanted && this.#failures === 0) this.wake();
      else this.#timer = setTimeout(() => this.wake(), this.#delay());
    });
  }

  /** No new run begins; settles when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    this.#wanted = false;
    while (!this.#stopped) {
      try {
        const more = await this.#options.work();
        this.#failures = 0;
        if (!more) return;
      } catch (error) {
        this.#failures += 1;
        this.#options.logger.error("background work failed", {
          work: this.#options.name,
          failures: this.#failures,
          error: String(error),
        });
        return;
      }
    }
  }

  /** After failures it waits longer, up to five seconds: a database that is away is not hammered, and one that is back not left waiting. */
  #delay(): number {
    return this.#failures === 0 ? this.#options.interval : Math.min(5_000, 200 * 2 ** this.#failures);
  }
}
