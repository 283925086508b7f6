/** Password hashes. At most two run at a time, because they share Node's four threads for file access and DNS. */
import bcrypt from "bcrypt";
import pLimit from "p-limit";
import { Problem } from "../../contracts/errors.ts";

/** 2^11 rounds: about 0.2 s on a small server (10: 0.1 s, 12: 0.4 s). */
export const PASSWORD_COST = 11;
const MAX_RUNNING = 2;
const MAX_WAITING = 64;

/** Salt and digest of a random password. */
const DUMMY = "2KYYaaujRJWIjsgidExnHObUbN81P.95MB.eacogHgsdJtmDKVKpi";

export class Passwords {
  readonly #cost: number;
  /** Compared when there is no such user, so that the response time does not reveal it. */
  readonly #dummyHash: string;
  readonly #limit = pLimit(MAX_RUNNING);

  /** `cost`: binary logarithm of bcrypt's rounds. */
  constructor(cost: number) {
    this.#cost = cost;
    this.#dummyHash = `$2b$${String(cost).padStart(2, "0")}$${DUMMY}`;
  }

  async hash(password: string): Promise<string> {
    return this.#inTurn(() => bcrypt.hash(password, this.#cost));
  }

  /** Returns false when there is no hash, after the same time. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const matched = await this.#inTurn(() => bcrypt.compare(password, hash ?? this.#dummyHash));
    return matched && hash !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#limit.pendingCount >= MAX_WAITING)
      throw new Problem("rate_limited", "too many users are signing in at the moment", { retryAfter: 5 });
    return this.#limit(work);
  }
}
