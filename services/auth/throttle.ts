/** Slows down guessing: wrong passwords are counted per account and address, and per address alone. */
import { hash } from "node:crypto";
import { RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import { Problem } from "../../contracts/errors.ts";
import type { Limiters } from "../../mixins/limiters.ts";

const PER_ACCOUNT = { name: "login-account", points: 5, duration: 300 };
const PER_ADDRESS = { name: "login-address", points: 50, duration: 900 };

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

  /** The problem `rate_limited` when this address has guessed too often. */
  async check(email: string, ip: string): Promise<void> {
    const [account, address] = await Promise.all([this.#account.get(accountKey(email, ip)), this.#address.get(ip)]);
    const over = [
      account !== null && account.consumedPoints >= PER_ACCOUNT.points ? account : null,
      address !== null && address.consumedPoints >= PER_ADDRESS.points ? address : null,
    ];
    const wait = Math.max(0, ...over.map((state) => state?.msBeforeNext ?? 0));
    if (wait <= 0) return;
    this.#onRefused();
    throw new Problem("rate_limited", "too many wrong passwords; wait before the next try", { retryAfter: Math.ceil(wait / 1000) });
  }

  async failed(email: string, ip: string): Promise<void> {
    const outcomes = await Promise.allSettled([this.#account.consume(accountKey(email, ip)), this.#address.consume(ip)]);
    // A consumption past the limit rejects with the limiter's state; the next check tells of it.
    for (const outcome of outcomes) if (outcome.status === "rejected" && !(outcome.reason instanceof RateLimiterRes)) throw outcome.reason;
  }

  async succeeded(email: string, ip: string): Promise<void> {
    await this.#account.delete(accountKey(email, ip));
  }
}

function accountKey(email: string, ip: string): string {
  return hash("sha256", `${ip} ${email}`, "base64url");
}
