/** Password hashes. They run in the four threads that files and DNS share, so only two are ever under way. */
import bcrypt from "bcrypt";
import { Problem } from "../../contracts/errors.ts";

/** 2^11 rounds: about 0.2 s on a small server (10: 0.1 s, 12: 0.4 s). */
const COST = 11;
const AT_ONCE = 2;
const WAITING = 64;

/** A hash of nobody's password, compared when there is no such user so that the time tells nothing. */
const NOBODY = "$2b$11$2KYYaaujRJWIjsgidExnHObUbN81P.95MB.eacogHgsdJtmDKVKpi";

export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async hash(password: string): Promise<string> {
    return this.#inTurn(() => bcrypt.hash(password, COST));
  }

  /** With no hash it takes as long and is false. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const matched = await this.#inTurn(() => bcrypt.compare(password, hash ?? NOBODY));
    return matched && hash !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= WAITING)
        throw new Problem("rate_limited", "too many people are signing in at this moment", { retryAfter: 5 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
