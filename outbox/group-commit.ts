/**
 * Group commit: requests that arrive while a transaction is being written share the next one. Throughput under load comes
 * from here, because a durable commit costs the same for one row as for many.
 */
import { Problem } from "../contracts/errors.ts";
import type { Database, Sql } from "../db/database.ts";

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  readonly database: Database;
  /** Writes the items, in order, and returns a result for each. An item that must fail alone is answered with an Error as its result. */
  readonly write: (sql: Sql, items: readonly T[]) => Promise<readonly (R | Error)[]>;
  /** Called after each commit. */
  readonly committed?: () => void;
  /** Items of one transaction at most. */
  readonly maxBatch?: number;
  /** Items waiting at most; one more is refused as `unavailable`. */
  readonly maxWaiting?: number;
}

export class GroupCommit<T, R> {
  readonly #options: Required<Omit<GroupCommitOptions<T, R>, "committed">> & Pick<GroupCommitOptions<T, R>, "committed">;
  #waiting: Waiting<T, R>[] = [];
  #running: Promise<void> | undefined;

  constructor(options: GroupCommitOptions<T, R>) {
    this.#options = { maxBatch: 256, maxWaiting: 10_000, ...options };
  }

  /** Resolves when the item's transaction has committed. */
  submit(item: T): Promise<R> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(new Problem("unavailable", "too many writes are waiting for the database", { retryAfter: 1 }));
    }
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.#waiting.push({ item, resolve, reject });
    this.#running ??= this.#run();
    return promise;
  }

  /** Settles when nothing is waiting any more. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop lets everything that came in with this request share its transaction.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#options.maxBatch);
      await this.#write(batch);
    }
    this.#running = undefined;
  }

  async #write(batch: readonly Waiting<T, R>[]): Promise<void> {
    const { database, write, committed } = this.#options;
    try {
      const results = await database.transaction((sql) =>
        write(
          sql,
          batch.map((waiting) => waiting.item),
        ),
      );
      committed?.();
      for (const [index, waiting] of batch.entries()) settle(waiting, results[index]!);
    } catch (error) {
      if (batch.length === 1) return batch[0]!.reject(error);
      // One bad item must not take its neighbours along: each gets a transaction of its own.
      for (const waiting of batch) await this.#write([waiting]);
    }
  }
}

function settle<T, R>(waiting: Waiting<T, R>, result: R | Error): void {
  if (result instanceof Error) waiting.reject(result);
  else waiting.resolve(result);
}
