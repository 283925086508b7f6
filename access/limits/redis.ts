/**
 * The connection to Redis. Nothing in Redis is essential: while it is down, each process works on its own. Commands
 * therefore have a short deadline, and after a failed one Redis is not used for a moment, instead of delaying every
 * request.
 */
import { Redis } from "ioredis";
import type { Logger } from "moleculer";

/** ms for one command. */
export const COMMAND_TIMEOUT = 250;
/** ms for which Redis is not used after a failed command. */
const PAUSE = 2_000;
/** Longest ms between two connection attempts. */
const MAX_BACKOFF = 5_000;

/** Commands fail immediately while there is no connection. */
export const REDIS_OPTIONS = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: COMMAND_TIMEOUT,
  connectTimeout: 5_000,
  disconnectTimeout: COMMAND_TIMEOUT,
  retryStrategy: (attempt: number) => Math.min(attempt * 200, MAX_BACKOFF),
} as const;

export class RedisConnection {
  readonly client: Redis;
  readonly #fallback: string;
  readonly #logger: Pick<Logger, "warn" | "info">;
  #pausedUntil = 0;
  #isDown = false;

  /** @param fallback what each process does while Redis is down, for the log. */
  constructor(url: string, fallback: string, logger: Pick<Logger, "warn" | "info">) {
    this.#fallback = fallback;
    this.#logger = logger;
    this.client = new Redis(url, REDIS_OPTIONS);
    this.client.on("error", (error: Error) => this.#markDown(error));
    this.client.on("ready", () => this.#markUp());
  }

  /** Runs a command; undefined when Redis does not answer. */
  async run<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#pausedUntil > Date.now() || this.client.status !== "ready") return undefined;
    try {
      const answer = await command(this.client);
      this.#markUp();
      return answer;
    } catch (error) {
      this.#pausedUntil = Date.now() + PAUSE;
      this.#markDown(error);
      return undefined;
    }
  }

  close(): void {
    this.client.disconnect();
  }

  #markDown(error: unknown): void {
    if (!this.#isDown)
      this.#logger.warn(`Redis is down; ${this.#fallback}`, {
        error: error instanceof Error ? error.message : String(error),
      });
    this.#isDown = true;
  }

  #markUp(): void {
    if (this.#isDown) this.#logger.info("Redis is up again");
    this.#isDown = false;
  }
}
