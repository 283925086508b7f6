/**
 * The cache of action results (Moleculer's cacher): in this process, or in Redis, shared by all processes of a cluster.
 * The tenant is the only key, so that no key leads to another tenant's result. Code that changes the underlying data
 * removes the result; a lost removal, or one that races with a running action, is repaired by the short lifetime.
 */
import type { Redis } from "ioredis";
import { Cachers, type BrokerOptions, type Context, type ServiceBroker } from "moleculer";
import { REDIS_OPTIONS } from "../limits/redis.ts";

/** Results kept in one process. */
const CAPACITY = 20_000;
/** ms for which Redis is not used after a failed command. */
const PAUSE = 2_000;

/**
 * While Redis is down or slow, actions run uncached. Moleculer's own cacher would fail the call, and a failed write
 * would end the process.
 */
class FailOpenRedisCacher extends Cachers.Redis<Redis> {
  #pausedUntil = 0;

  override async get(key: string): Promise<Record<string, unknown> | null> {
    return this.#run(() => super.get(key), this.opts.missingResponse as null);
  }

  override async set(key: string, data: unknown, ttl?: number): Promise<void> {
    return this.#run(() => super.set(key, data, ttl), undefined);
  }

  override async del(key: string | string[]): Promise<void> {
    return this.#run(() => super.del(key), undefined);
  }

  /** Without QUIT: a Redis that is down would not answer it, and the client would keep reconnecting. */
  override async close(): Promise<void> {
    this.client.disconnect();
  }

  async #run<T>(command: () => Promise<T>, fallback: T): Promise<T> {
    if (this.#pausedUntil > Date.now()) return fallback;
    try {
      return await command();
    } catch (error) {
      this.#pausedUntil = Date.now() + PAUSE;
      this.logger.warn("Redis does not answer; caching is paused", {
        error: error instanceof Error ? error.message : String(error),
      });
      return fallback;
    }
  }
}

/** The cacher of a broker. No default `ttl`: with one, reading an entry in memory would extend its lifetime. */
export function createCacher(redisUrl: string | null): NonNullable<BrokerOptions["cacher"]> {
  if (redisUrl === null) return { type: "MemoryLRU", options: { max: CAPACITY } };
  return new FailOpenRedisCacher({ prefix: "wpp:cache", redis: { ...addressOf(redisUrl), ...REDIS_OPTIONS } });
}

/** Connection options from the URL: the cacher passes only one argument to the client. */
function addressOf(redisUrl: string): Record<string, unknown> {
  const { protocol, hostname, port, username, password, pathname } = new URL(redisUrl);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port || 6_379),
    db: Number(pathname.slice(1) || 0),
    ...(username === "" ? {} : { username: decodeURIComponent(username) }),
    ...(password === "" ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === "rediss:" ? { tls: {} } : {}),
  };
}

/** The `cache` option of an action whose result depends only on its parameter `tenantId`. */
export function cachedPerTenant(seconds: number) {
  return {
    ttl: seconds,
    keygen: (action: { name?: string }, _options: unknown, ctx: Context): string =>
      keyOf(action.name!, tenantOf(ctx.params)),
  };
}

/** Removes the action's cached result for the tenant. */
export async function forgetCached(broker: ServiceBroker, action: string, tenantId: string): Promise<void> {
  await broker.cacher?.del(keyOf(action, tenantId));
}

function keyOf(action: string, tenantId: string): string {
  return `${action}:${tenantId}`;
}

function tenantOf(params: unknown): string {
  if (typeof params === "object" && params !== null && "tenantId" in params && typeof params.tenantId === "string")
    return params.tenantId;
  throw new TypeError("a cached action needs the parameter tenantId");
}
