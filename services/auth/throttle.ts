/**
 * Slows down guessing. Wrong passwords are counted for an account and the client's network, and of strangers also for
 * the account as a whole, the network and the wider network. A stranger is a network from which no user has signed in to
 * the account lately: guesses from any number of addresses thus cannot lock out the user, who has signed in before.
 */
import { hash } from "node:crypto";
import { RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import type { Limit, Limiters } from "../../access/limits/limiters.ts";
import { networkOf, wideNetworkOf } from "../../access/network.ts";
import { Problem } from "../../contracts/errors.ts";

const MINUTE = 60;
const LIMITS = {
  /** Of one network at one account. */
  attempts: { name: "login-account", points: 5, duration: 5 * MINUTE },
  /** Of all strangers at one account. */
  account: { name: "login-strangers", points: 20, duration: 15 * MINUTE },
  network: { name: "login-address", points: 50, duration: 15 * MINUTE },
  wideNetwork: { name: "login-network", points: 200, duration: 15 * MINUTE },
  /** Answers that reveal that an e-mail address has an account, to one network or one tenant. */
  takenAddresses: { name: "email-taken", points: 10, duration: 60 * MINUTE },
} as const satisfies Readonly<Record<string, Limit>>;

type LimitName = keyof typeof LIMITS;

/** An attempt at an account. */
export interface Attempt {
  readonly email: string;
  readonly ip: string;
  /** Somebody has signed in to the account from this network before, or is signed in. */
  readonly isKnown: boolean;
}

type Counted = readonly (readonly [LimitName, string])[];

export class LoginThrottle {
  readonly #limiters: Readonly<Record<LimitName, RateLimiterAbstract>>;
  readonly #onRefused: () => void;

  /** @param onRefused called for each attempt refused because of earlier ones. */
  constructor(limiters: Limiters, onRefused: () => void) {
    this.#onRefused = onRefused;
    this.#limiters = Object.fromEntries(
      Object.entries(LIMITS).map(([name, limit]) => [name, limiters.create({ ...limit, isGivenBack: true })]),
    ) as Record<LimitName, RateLimiterAbstract>;
  }

  /**
   * Counts an attempt before the password is compared. Throws the problem `rate_limited` when none is left. If attempts
   * were counted afterwards, any number of concurrent ones would get through.
   */
  async take(attempt: Attempt): Promise<void> {
    await this.#takeAll(countersOf(attempt), "too many wrong passwords; wait before the next attempt");
  }

  /** Called after a correct password: clears the network's attempts at the account, and takes back this one elsewhere. */
  async giveBack(attempt: Attempt): Promise<void> {
    const [[name, key], ...others] = countersOf(attempt);
    await Promise.all([this.#limiters[name].delete(key), ...others.map((counter) => this.#reward(counter))]);
  }

  /**
   * Throws `rate_limited` when this network or tenant was answered too often that an e-mail address is taken. Only such
   * answers count, so that any number of users can be created.
   */
  async requireAddressesLeft(who: string): Promise<void> {
    const state = await this.#limiters.takenAddresses.get(digest(who));
    if (state === null || state.consumedPoints < LIMITS.takenAddresses.points) return;
    this.#refuse("too many e-mail addresses were taken; wait before the next", state.msBeforeNext);
  }

  /** Counts such an answer. */
  async countTakenAddress(who: string): Promise<void> {
    await this.#consume("takenAddresses", digest(who));
  }

  async #takeAll(counters: Counted, reason: string): Promise<void> {
    for (const [index, [name, key]] of counters.entries()) {
      const wait = await this.#consume(name, key);
      if (wait === undefined) continue;
      // Refused attempts are not counted: a burst of correct passwords must not lock its address out.
      await Promise.all(counters.slice(0, index + 1).map((counter) => this.#reward(counter)));
      this.#refuse(reason, wait);
    }
  }

  #refuse(reason: string, wait: number): never {
    this.#onRefused();
    throw new Problem("rate_limited", reason, { retryAfter: Math.ceil(wait / 1_000) });
  }

  /** Undefined, or the ms to wait when the limit is exceeded. */
  async #consume(name: LimitName, key: string): Promise<number | undefined> {
    try {
      await this.#limiters[name].consume(key);
      return undefined;
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      return state.msBeforeNext;
    }
  }

  async #reward([name, key]: Counted[number]): Promise<void> {
    await this.#limiters[name].reward(key);
  }
}

/** What the attempt is counted for; first the network's attempts at the account. */
function countersOf({ email, ip, isKnown }: Attempt): readonly [Counted[number], ...Counted] {
  const network = networkOf(ip);
  const attempts = ["attempts", digest(`${network} ${email}`)] as const;
  if (isKnown) return [attempts];
  return [attempts, ["account", digest(email)], ["network", network], ["wideNetwork", wideNetworkOf(ip)]];
}

function digest(text: string): string {
  return hash("sha256", text, "base64url");
}
