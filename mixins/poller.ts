/** Work that is done when it is called for and, besides, every so often, never twice at the same time. */
import type { Logger } from "moleculer";

export interface PollerOptions {
  /** Longest time between two runs, in ms. */
  readonly interval: number;
  /** One run; true asks for the next at once because more is waiting. */
  readonly work: () => Promise<boolean>;
  readonly logger: Pick<Logger, "error">;
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
    clearTimeout(this.#timer);
    this.#running = this.#runAll().finally(() => {
      this.#running = undefined;
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
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      try {
        if (await this.#options.work()) this.#wanted = true;
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        this.#options.logger.error("background work failed", { work: this.#options.name, failures: this.#failures, error: String(error) });
        return;
      }
    }
  }

  /** After failures it waits longer, up to thirty seconds, so that a database that is away is not hammered. */
  #delay(): number {
    return this.#failures === 0 ? this.#options.interval : Math.min(30_000, 200 * 2 ** this.#failures);
  }
}
