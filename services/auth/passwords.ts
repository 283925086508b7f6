/** Password hashes. At most two run at a time, because they share Node's four threads for file access and DNS. */
import bcrypt from "bcrypt";
import { PasswordQueue, type PasswordClient } from "./password-queue.ts";

/** 2^11 rounds: about 0.2 s on a small server (10: 0.1 s, 12: 0.4 s). */
export const PASSWORD_COST = 11;
/** The longest wait is that of a full lane: about ten seconds. */
const LIMITS = { running: 2, perStranger: 8, perKnown: 32, perLane: 96 } as const;

/** Salt and digest of a random password. */
const DUMMY = "2KYYaaujRJWIjsgidExnHObUbN81P.95MB.eacogHgsdJtmDKVKpi";

export class Passwords {
  readonly #cost: number;
  /** Compared when there is no such user, so that the response time does not reveal it. */
  readonly #dummyHash: string;
  readonly #queue = new PasswordQueue(LIMITS);

  /** `cost`: binary logarithm of bcrypt's rounds. */
  constructor(cost: number) {
    this.#cost = cost;
    this.#dummyHash = `$2b$${String(cost).padStart(2, "0")}$${DUMMY}`;
  }

  async hash(client: PasswordClient, password: string): Promise<string> {
    return this.#queue.run(client, () => bcrypt.hash(password, this.#cost));
  }

  /** Returns false when there is no hash, after the same time. */
  async matches(client: PasswordClient, password: string, hash: string | null): Promise<boolean> {
    const matched = await this.#queue.run(client, () => bcrypt.compare(password, hash ?? this.#dummyHash));
    return matched && hash !== null;
  }
}
