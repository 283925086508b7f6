/**
 * The cache of actions' answers (Moleculer's cacher): in this process, or in Redis, where all processes of a cluster share it.
 * An answer is kept for a tenant and by nothing else, so that no key can lead to another's. Whoever changes what an answer was
 * made of forgets it; a word that was lost, or an answer that was under way just then, is made good by its short life.
 */
import type { Redis } from "ioredis";
import { Cachers, type BrokerOptions, type Context, type ServiceBroker } from "moleculer";
import { REDIS_OPTIONS } from "./redis.ts";

/** Answers kept in one process. */
const CAPACITY = 20_000;
/** ms without asking Redis after an answer that did not come. */
const PAUSE = 2_000;

/**
 * While Redis is away, or does not answer in time, answers are made anew. The cacher that this widens would fail the call then,
 * and on a write that failed the process.
 */
class PatientRedisCacher extends Cachers.Redis<Redis> {
  #pausedUntil = 0;

  override async get(key: string): Promise<Record<string, unknown> | null> {
    return this.#ask(() => super.get(key), this.opts.missingResponse as null);
  }

  override async set(key: string, data: unknown, ttl?: number): Promise<void> {
    return this.#ask(() => super.set(key, data, ttl), undefined);
  }

  override async del(key: string | string[]): Promise<void> {
    return this.#ask(() => super.del(key), undefined);
  }

  /** Without a farewell, which a Redis that is away would never hear: the client would go on looking for it. */
  override async close(): Promise<void> {
    this.client.disconnect();
  }

  async #ask<T>(command: () => Promise<T>, otherwise: T): Promise<T> {
    if (this.#pausedUntil > Date.now()) return otherwise;
    try {
      return await command();
    } catch (error) {
      this.#pausedUntil = Date.now() + PAUSE;
      this.logger.warn("Redis does not answer; nothing is cached for a moment", {
        error: error instanceof Error ? error.message : String(error),
      });
      return otherwise;
    }
  }
}

/** The cacher of a broker. It has no `ttl` of its own: with one, entries in memory would live on for as long as they are read. */
export function createCacher(redisUrl: string | null): NonNullable<BrokerOptions["cacher"]> {
  if (redisUrl === null) return { type: "MemoryLRU", options: { max: CAPACITY } };
  return new PatientRedisCacher({ prefix: "wpp:cache", redis: { ...addressOf(redisUrl), ...REDIS_OPTIONS } });
}

/** The cacher hands one argument on to the client, so that the URL has to be among the options. */
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

/** The `cache` of an action whose answer depends on its parameter `tenantId` and nothing else. */
export function cachedPerTenant(seconds: number) {
  return {
    ttl: seconds,
    keygen: (action: { name?: string }, _options: unknown, ctx: Context): string =>
      keyOf(action.name!, tenantOf(ctx.params)),
  };
}

/** Forgets what the action has answered for the tenant. */
export async function forgetCached(broker: ServiceBroker, action: string, tenantId: string): Promise<void> {
  await broker.cacher?.del(keyOf(action, tenantId));
}

function keyOf(action: string, tenantId: string): string {
  return `${action}:${tenantId}`;
}

function tenantOf(params: unknown): string {
  if (typeof params === "object" && params !== null && "tenantId" in params && typeof params.tenantId === "string")
    return params.tenantId;
  throw new TypeError("an answer that is kept must name its tenant");
}
