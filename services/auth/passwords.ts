/** Password hashes. At most two run at a time, because they share Node's four threads for file access and DNS. */
import bcrypt from "bcrypt";
import pLimit from "p-limit";
import { Problem } from "../../contracts/errors.ts";

/** 2^11 rounds: about 0.2 s on a small server (10: 0.1 s, 12: 0.4 s). */
const COST = 11;
const MAX_RUNNING = 2;
const MAX_WAITING = 64;

/** Compared when there is no such user, so that the response time does not reveal it. The password is random. */
const DUMMY_HASH = "$2b$11$2KYYaaujRJWIjsgidExnHObUbN81P.95MB.eacogHgsdJtmDKVKpi";

export class Passwords {
  readonly #limit = pLimit(MAX_RUNNING);

  async hash(password: string): Promise<string> {
    return this.#inTurn(() => bcrypt.hash(password, COST));
  }

  /** Returns false when there is no hash, after the same time. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const matched = await this.#inTurn(() => bcrypt.compare(password, hash ?? DUMMY_HASH));
    return matched && hash !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#limit.pendingCount >= MAX_WAITING)
      throw new Problem("rate_limited", "too many users are signing in at the moment", { retryAfter: 5 });
    return this.#limit(work);
  }
}
