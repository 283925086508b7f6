/**
 * Limit counters in Redis, shared by all gateways, with Redis' clock. When Redis does not answer, this process counts
 * for itself: an outage must neither lock everyone out nor lift all limits.
 */
import type { Result } from "ioredis";
import type { RedisConnection } from "../../access/limits/redis.ts";
import { LimitCounters, type Counted, type Counters } from "./limit-counters.ts";
import { WINDOW, type Limit } from "./limit-usage.ts";

/**
 * The arithmetic of limit-usage.ts for one key. One script checks both policies, so that a request refused by one takes
 * nothing from the other.
 */
const COUNT_REQUEST = `
local per_minute, burst, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call("HMGET", KEYS[1], "minute", "current", "previous", "tokens", "at")
local minute, current, previous, tokens = math.floor(now / window), 0, 0, burst
if known[1] then
  local before, at = tonumber(known[1]), tonumber(known[5])
  if at > now then
    now = at
    minute = math.floor(now / window)
  end
  if before == minute then
    current, previous = tonumber(known[2]), tonumber(known[3])
  elseif before == minute - 1 then
    previous = tonumber(known[2])
  end
  tokens = math.min(burst, tonumber(known[4]) + (now - at) * per_minute / window)
end
local used = previous * (1 - (now - minute * window) / window) + current
local allowed = used + 1 <= per_minute and (burst == 0 or tokens >= 1)
if allowed then
  current, tokens = current + 1, tokens - 1
  redis.call("HSET", KEYS[1], "minute", minute, "current", current, "previous", previous,
    "tokens", string.format("%.6f", tokens), "at", string.format("%.0f", now))
  redis.call("PEXPIRE", KEYS[1], 2 * window)
end
return { allowed and 1 or 0, minute, current, previous, string.format("%.6f", tokens), string.format("%.0f", now) }
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    countRequest(
      key: string,
      perMinute: number,
      burst: number,
      window: number,
    ): Result<[number, number, number, number, string, string], Context>;
  }
}

export class SharedLimitCounters implements Counters {
  readonly #link: RedisConnection;
  readonly #kind: string;
  readonly #own = new LimitCounters();

  /** @param kind separates the keys of different limits. */
  constructor(link: RedisConnection, kind: string) {
    this.#link = link;
    this.#kind = kind;
    link.client.defineCommand("countRequest", { numberOfKeys: 1, lua: COUNT_REQUEST });
  }

  async count(key: string, limit: Limit): Promise<Counted> {
    const answer = await this.#link.run((client) =>
      client.countRequest(`wpp:requests:${this.#kind}:${key}`, limit.perMinute, limit.burst, WINDOW),
    );
    if (answer === undefined) return this.#own.count(key, limit);
    const [allowed, minute, current, previous, tokens, at] = answer;
    return { allowed: allowed === 1, usage: { minute, current, previous, tokens: Number(tokens), at: Number(at) } };
  }
}
