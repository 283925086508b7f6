/** Slows down guessing: tries are counted, but for those with the right password, per account and address, and per address alone. */
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

  /** @param onRefused told of each try that is refused for those before it. */
  constructor(limiters: Limiters, onRefused: () => void) {
    this.#onRefused = onRefused;
    this.#account = limiters.create(PER_ACCOUNT);
    this.#address = limiters.create(PER_ADDRESS);
  }

  /**
   * Takes a try before the password is compared; the problem `rate_limited` when there is none left. Counted only afterwards,
   * any number of tries made at the same moment would all be let through.
   */
  async take(email: string, ip: string): Promise<void> {
    const key = accountKey(email, ip);
    await this.#consume(this.#account, key);
    try {
      await this.#consume(this.#address, ip);
    } catch (error) {
      // The password was never compared: this was no guess at the account.
      await this.#account.reward(key);
      throw error;
    }
  }

  /** The password was right: the account is free of earlier tries, and the address of this one. */
  async giveBack(email: string, ip: string): Promise<void> {
    await Promise.all([this.#account.delete(accountKey(email, ip)), this.#address.reward(ip)]);
  }

  async #consume(limiter: RateLimiterAbstract, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      // It was no guess. Kept, those refused at one busy moment would lock an address out when all of its passwords are right.
      await limiter.reward(key);
      this.#onRefused();
      throw new Problem("rate_limited", "too many wrong passwords; wait before the next try", {
        retryAfter: Math.ceil(state.msBeforeNext / 1000),
      });
    }
  }
}

function accountKey(email: string, ip: string): string {
  return hash("sha256", `${ip} ${email}`, "base64url");
}
