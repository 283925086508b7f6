/** Slows down password guessing: counts wrong passwords per account and address, and per address alone. */
import { hash } from "node:crypto";
import { RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import { Problem } from "../../contracts/errors.ts";
import type { Limiters } from "../../access/limits/limiters.ts";

const PER_ACCOUNT = { name: "login-account", points: 5, duration: 300, isGivenBack: true };
const PER_ADDRESS = { name: "login-address", points: 50, duration: 900, isGivenBack: true };

export class LoginThrottle {
  readonly #account: RateLimiterAbstract;
  readonly #address: RateLimiterAbstract;
  readonly #onRefused: () => void;

  /** @param onRefused called for each attempt refused because of earlier ones. */
  constructor(limiters: Limiters, onRefused: () => void) {
    this.#onRefused = onRefused;
    this.#account = limiters.create(PER_ACCOUNT);
    this.#address = limiters.create(PER_ADDRESS);
  }

  /**
   * Counts an attempt before the password is compared. Throws the problem `rate_limited` when none is left. If attempts
   * were counted afterwards, any number of concurrent ones would get through.
   */
  async take(email: string, ip: string): Promise<void> {
    const key = accountKey(email, ip);
    await this.#consume(this.#account, key);
    try {
      await this.#consume(this.#address, ip);
    } catch (error) {
      // The password will not be compared, so this was not a guess at the account.
      await this.#account.reward(key);
      throw error;
    }
  }

  /** Called after a correct password: clears the account's attempts, and takes back this one of the address. */
  async giveBack(email: string, ip: string): Promise<void> {
    await Promise.all([this.#account.delete(accountKey(email, ip)), this.#address.reward(ip)]);
  }

  async #consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      // Refused attempts are not counted: a burst of correct passwords must not lock its address out.
      await limiter.reward(key);
      this.#onRefused();
      throw new Problem("rate_limited", "too many wrong passwords; wait before the next attempt", {
        retryAfter: Math.ceil(state.msBeforeNext / 1000),
      });
    }
  }
}

function accountKey(email: string, ip: string): string {
  return hash("sha256", `${ip} ${email}`, "base64url");
}
