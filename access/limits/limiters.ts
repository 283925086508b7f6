/**
 * Fixed-window limiters: in Redis, shared by all processes of a cluster, or in this process. While Redis is down each
 * process counts on its own: an outage must neither lock everyone out nor let everything in.
 */
import type { Logger } from "moleculer";
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from "rate-limiter-flexible";
import { RedisConnection } from "./redis.ts";

export interface Limit {
  /** Separates the keys of different limits. */
  readonly name: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  /** Points can be given back; then no block is cached in this process, which would not notice that. */
  readonly isGivenBack?: boolean;
}

export interface Limiters {
  create(limit: Limit): RateLimiterAbstract;
  /** Disconnects from Redis. */
  close(): void;
}

/** A factory of limiters. The caller closes it. */
export function createLimiters(redisUrl: string | null, logger: Pick<Logger, "warn" | "info">): Limiters {
  if (redisUrl === null) return { create: inMemory, close: () => undefined };
  const connection = new RedisConnection(redisUrl, "limits are counted in each process", logger);
  return {
    create: (limit) =>
      new RateLimiterRedis({
        storeClient: connection.client,
        keyPrefix: `wpp:limit:${limit.name}:${limit.points}`,
        points: limit.points,
        duration: limit.duration,
        // A key over its limit needs no further query until the window ends.
        inMemoryBlockOnConsumed: limit.isGivenBack === true ? 0 : limit.points + 1,
        insuranceLimiter: inMemory(limit),
      }),
    close: () => connection.close(),
  };
}

function inMemory(limit: Limit): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix: limit.name, points: limit.points, duration: limit.duration });
}
