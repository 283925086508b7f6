/** Rate limits: per tenant for what is authenticated, per address for what is not. */
import type { ServerResponse } from "node:http";
import { RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import { Problem } from "../../contracts/errors.ts";
import type { Limiters } from "../../mixins/limiters.ts";

/** Seconds of the window. */
const WINDOW = 60;
/** Requests per window and address to routes that need no credentials, and refused credentials. */
const PER_ADDRESS = 60;

/** Limiters differ only in how many points they have, so there is one for each number. */
export class RateLimits {
  readonly #limiters: Limiters;
  readonly #ceiling: number;
  readonly #byPoints = new Map<number, RateLimiterAbstract>();

  /** @param ceiling the installation's own limit per tenant, which no plan exceeds. */
  constructor(limiters: Limiters, ceiling: number) {
    this.#limiters = limiters;
    this.#ceiling = ceiling;
  }

  /** Counts a request of the tenant, says so in the headers, and refuses with `rate_limited` when it was one too many. */
  async countTenant(tenantId: string, quota: number | null, response: ServerResponse): Promise<void> {
    await this.#count("tenant", tenantId, Math.min(quota ?? this.#ceiling, this.#ceiling), response);
  }

  /** The same for an address that has not said who it is. */
  async countAddress(address: string, response: ServerResponse): Promise<void> {
    await this.#count("address", address, PER_ADDRESS, response);
  }

  /** Counts a credential that was refused. */
  async countRefusal(address: string): Promise<void> {
    await this.#count("refused", address, PER_ADDRESS, undefined);
  }

  async #count(policy: string, key: string, points: number, response: ServerResponse | undefined): Promise<void> {
    const { state, over } = await this.#consume(`${policy}:${key}`, points);
    const reset = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    if (response !== undefined && !response.headersSent) {
      response.setHeader("RateLimit-Policy", `"${policy}";q=${points};w=${WINDOW}`);
      response.setHeader("RateLimit", `"${policy}";r=${state.remainingPoints};t=${reset}`);
    }
    if (over) throw new Problem("rate_limited", `${points} requests in ${WINDOW} seconds are allowed`, { retryAfter: reset });
  }

  async #consume(key: string, points: number): Promise<{ state: RateLimiterRes; over: boolean }> {
    let limiter = this.#byPoints.get(points);
    if (limiter === undefined) {
      limiter = this.#limiters.create({ name: "requests", points, duration: WINDOW });
      this.#byPoints.set(points, limiter);
    }
    try {
      return { state: await limiter.consume(key), over: false };
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return { state: refused, over: true };
      throw refused;
    }
  }
}
