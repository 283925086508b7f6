/**
 * Shares the few password hashes that may run at the same time fairly. Each client has its own short queue, and the
 * queues take turns: who sends many attempts waits for its own. Clients that the account is known to use have a lane of
 * their own with the larger share, so that a flood from any number of strangers does not keep them waiting.
 */
import { Problem } from "../../contracts/errors.ts";

/** Who asks: the queue, and whether the account has been used from there before. */
export interface PasswordClient {
  readonly key: string;
  readonly isKnown: boolean;
}

export interface QueueLimits {
  readonly running: number;
  /** Waiting of one stranger. */
  readonly perStranger: number;
  /** Waiting of one known client, such as a tenant that imports its users. */
  readonly perKnown: number;
  /** Waiting in each of the two lanes. */
  readonly perLane: number;
}

/** Of so many starts in a row, one is a stranger's if one waits. */
const STRANGER_EVERY = 4;

type Start = () => void;

/** The queues of clients, by key; the first in the map is next. */
class Lane {
  readonly #queues = new Map<string, Start[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  waitingOf(key: string): number {
    return this.#queues.get(key)?.length ?? 0;
  }

  add(key: string, start: Start): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, [start]);
    else queue.push(start);
    this.#size += 1;
  }

  /** Removes the first of the client whose turn it is; the client goes to the end. */
  next(): Start | undefined {
    for (const [key, queue] of this.#queues) {
      const start = queue.shift();
      this.#queues.delete(key);
      if (queue.length > 0) this.#queues.set(key, queue);
      this.#size -= 1;
      return start;
    }
    return undefined;
  }
}

export class PasswordQueue {
  readonly #limits: QueueLimits;
  readonly #known = new Lane();
  readonly #strangers = new Lane();
  #running = 0;
  #starts = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Runs the work in the client's turn. Throws `rate_limited` when its queue, or its lane, is full. */
  async run<T>({ key, isKnown }: PasswordClient, work: () => Promise<T>): Promise<T> {
    const lane = isKnown ? this.#known : this.#strangers;
    if (lane.waitingOf(key) >= (isKnown ? this.#limits.perKnown : this.#limits.perStranger))
      throw new Problem("rate_limited", "too many sign-ins from your network at the moment", { retryAfter: 2 });
    if (lane.size >= this.#limits.perLane)
      throw new Problem("rate_limited", "too many users are signing in at the moment", { retryAfter: 5 });
    const { promise, resolve } = Promise.withResolvers<void>();
    lane.add(key, resolve);
    this.#startNext();
    await promise;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }

  #startNext(): void {
    if (this.#running >= this.#limits.running) return;
    const strangerFirst = this.#starts % STRANGER_EVERY === STRANGER_EVERY - 1;
    const lanes = strangerFirst ? [this.#strangers, this.#known] : [this.#known, this.#strangers];
    const start = lanes[0]!.next() ?? lanes[1]!.next();
    if (start === undefined) return;
    this.#starts += 1;
    this.#running += 1;
    start();
  }
}
