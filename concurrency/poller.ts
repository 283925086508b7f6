/** Background work that runs on demand and at an interval, never twice at the same time. */
import { equalJitter } from "./backoff.ts";

/** Delays after failures: they spare a database that is down, and are short enough once it is up again. */
const RETRY = { base: 400, cap: 5_000 };

export interface PollerOptions {
  /** ms between two runs when nothing wakes it. */
  readonly interval: number;
  /** Minimum ms from the end of a run to the start of the next; wake-ups in between share that run. 0 by default. */
  readonly gap?: number;
  /** One run; true starts the next immediately because more work is waiting. */
  readonly work: () => Promise<boolean>;
  readonly logger: { error(message: string, details: Record<string, unknown>): void };
  /** Identifies the work in log lines. */
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

  /** Requests a run: now, or right after the current one. */
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

  /** Starts no further run; resolves when the current one has ended. */
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

  #delay(): number {
    return this.#failures === 0 ? this.#options.interval : equalJitter(RETRY, this.#failures - 1);
  }
}
