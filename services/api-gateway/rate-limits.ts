/**
 * Rate limits: per tenant for authenticated requests, per address for others. A tenant has two policies, a sliding
 * window for the limit per minute and a token bucket for bursts; the RateLimit headers of every response report both.
 */
import type { ServerResponse } from "node:http";
import type { Logger } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import { networkOf } from "../../access/network.ts";
import { RedisConnection } from "../../access/limits/redis.ts";
import { LimitCounters, type Counters } from "./limit-counters.ts";
import {
  burstStatus,
  toSeconds,
  windowStatus,
  withBurst,
  WINDOW,
  type Limit,
  type LimitStatus,
  type Usage,
} from "./limit-usage.ts";
import { SharedLimitCounters } from "./shared-limit-counters.ts";

/** Requests per minute and address to routes that need no credentials. */
const PER_ADDRESS: Limit = { perMinute: 300, burst: 0 };
/** Refused credentials per minute and address, of requests and of sockets. */
const PER_ADDRESS_REFUSED: Limit = { perMinute: 60, burst: 0 };
/** Connections of sockets per minute and address: enough for the clients behind one proxy after a restart. */
const PER_ADDRESS_SOCKETS: Limit = { perMinute: 1_200, burst: 0 };

interface Policy extends LimitStatus {
  readonly name: string;
  readonly quota: number;
  /** Seconds. */
  readonly window: number;
}

export class RateLimits {
  readonly #ceiling: number;
  readonly #link: RedisConnection | null;
  /** Separate counters, so that many addresses cannot evict the counts of tenants. */
  readonly #tenants: Counters;
  readonly #addresses: Counters;
  readonly #refusals: Counters;
  readonly #sockets: Counters;
  readonly #onRefused: (policy: string) => void;

  /**
   * @param ceiling the installation's limit per tenant, which caps every plan.
   * @param onRefused called for each refusal with the name of the policy.
   */
  constructor(
    redisUrl: string | null,
    ceiling: number,
    logger: Pick<Logger, "warn" | "info">,
    onRefused: (policy: string) => void,
  ) {
    this.#ceiling = ceiling;
    this.#onRefused = onRefused;
    const link =
      redisUrl === null ? null : new RedisConnection(redisUrl, "each gateway counts requests on its own", logger);
    const countersOf = (kind: string) => (link === null ? new LimitCounters() : new SharedLimitCounters(link, kind));
    this.#link = link;
    this.#tenants = countersOf("tenant");
    this.#addresses = countersOf("address");
    this.#refusals = countersOf("refused");
    this.#sockets = countersOf("socket");
  }

  /**
   * Counts a request, a handshake or an event of the tenant, and sets the headers of a response; throws `rate_limited`
   * when the limit is exceeded.
   */
  async countTenant(tenantId: string, quota: number | null, response?: ServerResponse): Promise<void> {
    await this.#enforce(
      "tenant",
      this.#tenants,
      tenantId,
      withBurst(Math.min(quota ?? this.#ceiling, this.#ceiling)),
      response,
    );
  }

  /** The same for an address without credentials. */
  async countAddress(address: string, response: ServerResponse): Promise<void> {
    await this.#enforce("address", this.#addresses, networkOf(address), PER_ADDRESS, response);
  }

  /** Counts a refused credential. */
  async countRefusal(address: string): Promise<void> {
    await this.#enforce("refused", this.#refusals, networkOf(address), PER_ADDRESS_REFUSED, undefined);
  }

  /** Counts a connection of Socket.io. */
  async countSocket(address: string): Promise<void> {
    await this.#enforce("sockets", this.#sockets, networkOf(address), PER_ADDRESS_SOCKETS, undefined);
  }

  /** Disconnects from Redis. */
  close(): void {
    this.#link?.close();
  }

  async #enforce(
    name: string,
    counters: Counters,
    key: string,
    limit: Limit,
    response: ServerResponse | undefined,
  ): Promise<void> {
    const counting = counters.count(key, limit);
    const { allowed, usage } = counting instanceof Promise ? await counting : counting;
    const policies = policiesOf(name, usage, limit);
    if (response !== undefined && !response.headersSent) {
      response.setHeader(
        "RateLimit-Policy",
        policies.map((policy) => `"${policy.name}";q=${policy.quota};w=${policy.window}`).join(", "),
      );
      response.setHeader(
        "RateLimit",
        policies.map((policy) => `"${policy.name}";r=${policy.remaining};t=${policy.reset}`).join(", "),
      );
    }
    if (allowed) return;
    const tightest = policies.toSorted((a, b) => b.wait - a.wait)[0]!;
    this.#onRefused(tightest.name);
    throw new Problem("rate_limited", `${tightest.quota} requests in ${tightest.window} seconds are allowed`, {
      retryAfter: toSeconds(tightest.wait),
    });
  }
}

/** The window, then the bucket if there is one; the bucket's window is the time in which it fills. */
function policiesOf(name: string, usage: Readonly<Usage>, limit: Limit): Policy[] {
  const window: Policy = { name, quota: limit.perMinute, window: WINDOW / 1_000, ...windowStatus(usage, limit) };
  if (limit.burst === 0) return [window];
  const burst = {
    name: `${name}-burst`,
    quota: limit.burst,
    window: toSeconds((limit.burst * WINDOW) / limit.perMinute),
    ...burstStatus(usage, limit),
  };
  return [window, burst];
}
