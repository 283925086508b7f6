/**
 * Counters of limits: in Redis, where all processes of a cluster count together, or in this process. While Redis is away each
 * process counts by itself, since an outage of a counter must neither lock everyone out nor let everything in.
 */
import type { Logger } from "moleculer";
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from "rate-limiter-flexible";
import { RedisLink } from "./redis.ts";

export interface Limit {
  /** Tells limits of different kinds apart. */
  readonly name: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  /** Points are given back; a block that this process remembers would not notice. */
  readonly isGivenBack?: boolean;
}

export interface Limiters {
  create(limit: Limit): RateLimiterAbstract;
  /** Lets go of Redis. */
  close(): void;
}

/** Makes limiters; the one who calls closes them. */
export function createLimiters(redisUrl: string | null, logger: Pick<Logger, "warn" | "info">): Limiters {
  if (redisUrl === null) return { create: inMemory, close: () => undefined };
  const link = new RedisLink(redisUrl, "limits are counted in each process", logger);
  return {
    create: (limit) =>
      new RateLimiterRedis({
        storeClient: link.client,
        keyPrefix: `wpp:limit:${limit.name}:${limit.points}`,
        points: limit.points,
        duration: limit.duration,
        // Who is over the limit needs no further asking until the window ends.
        inMemoryBlockOnConsumed: limit.isGivenBack === true ? 0 : limit.points + 1,
        insuranceLimiter: inMemory(limit),
      }),
    close: () => link.close(),
  };
}

function inMemory(limit: Limit): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix: limit.name, points: limit.points, duration: limit.duration });
}
