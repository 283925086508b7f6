/**
 * The way to Redis, which holds nothing that the system could not do without: while it is away, each process goes on by itself.
 * So a command has little time, and after one that was in vain Redis is left alone for a moment instead of slowing everyone down.
 */
import { Redis } from "ioredis";
import type { Logger } from "moleculer";

/** ms that Redis has to answer. */
export const PATIENCE = 250;
/** ms without asking after an answer that did not come. */
const PAUSE = 2_000;
/** ms between attempts to connect, at most. */
const MAX_BACKOFF = 5_000;

/** Options under which commands fail at once while there is no connection. */
export const REDIS_OPTIONS = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: PATIENCE,
  connectTimeout: 5_000,
  disconnectTimeout: PATIENCE,
  retryStrategy: (attempt: number) => Math.min(attempt * 200, MAX_BACKOFF),
} as const;

export class RedisLink {
  readonly client: Redis;
  readonly #purpose: string;
  readonly #logger: Pick<Logger, "warn" | "info">;
  #pausedUntil = 0;
  #isAway = false;

  /** @param purpose what each process does by itself meanwhile, for the log. */
  constructor(url: string, purpose: string, logger: Pick<Logger, "warn" | "info">) {
    this.#purpose = purpose;
    this.#logger = logger;
    this.client = new Redis(url, REDIS_OPTIONS);
    this.client.on("error", (error: Error) => this.#lost(error));
    this.client.on("ready", () => this.#found());
  }

  /** What Redis answers; undefined when it does not. */
  async ask<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#pausedUntil > Date.now() || this.client.status !== "ready") return undefined;
    try {
      const answer = await command(this.client);
      this.#found();
      return answer;
    } catch (error) {
      this.#pausedUntil = Date.now() + PAUSE;
      this.#lost(error);
      return undefined;
    }
  }

  close(): void {
    this.client.disconnect();
  }

  #lost(error: unknown): void {
    if (!this.#isAway)
      this.#logger.warn(`Redis is away; ${this.#purpose}`, {
        error: error instanceof Error ? error.message : String(error),
      });
    this.#isAway = true;
  }

  #found(): void {
    if (this.#isAway) this.#logger.info("Redis is back");
    this.#isAway = false;
  }
}
