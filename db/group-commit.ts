/**
 * Group commit: items that arrive while a transaction is being written share the next one. A durable commit costs the
 * same for one row as for many, so this is where throughput under load comes from.
 */
import { Problem } from "../contracts/errors.ts";
import type { Database, Sql } from "./database.ts";
import { isOutage } from "./failures.ts";

interface Waiting<T, R> {
  readonly item: T;
  readonly isUrgent: boolean;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<T, R> {
  readonly database: Pick<Database, "transaction">;
  /**
   * Writes the items in order and returns a result for each; an Error as the result rejects only that item. A second
   * try follows a failure whose commit may have taken effect: writing twice must have the effect of writing once.
   */
  readonly write: (sql: Sql, items: readonly T[], isSecondTry: boolean) => Promise<readonly (R | Error)[]>;
  /** Called after each commit. */
  readonly committed?: () => void;
  /** Maximum number of items in a transaction. */
  readonly maxBatch?: number;
  /** Maximum number of items waiting; further ones are refused as `unavailable`. */
  readonly maxWaiting?: number;
}

/** Turns of the event loop that a batch waits for more items, as long as each turn brings some. */
const TURNS = 4;
/** ms that a deferred item waits for others. */
const DEFERRAL = 10;

export class GroupCommit<T, R> {
  readonly #options: Required<Omit<GroupCommitOptions<T, R>, "committed">> &
    Pick<GroupCommitOptions<T, R>, "committed">;
  #waiting: Waiting<T, R>[] = [];
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GroupCommitOptions<T, R>) {
    this.#options = { maxBatch: 256, maxWaiting: 10_000, ...options };
  }

  /** Resolves when the item's transaction has committed. */
  submit(item: T): Promise<R> {
    return this.#add(item, true);
  }

  /** The same for an item that is not urgent: it is written with the next urgent one, or after a short delay. */
  submitDeferred(item: T): Promise<R> {
    return this.#add(item, false);
  }

  /** Resolves when all items are written. */
  async drain(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running !== undefined) {
      this.#begin();
      await this.#running;
    }
  }

  #add(item: T, isUrgent: boolean): Promise<R> {
    if (this.#waiting.length >= this.#options.maxWaiting) {
      return Promise.reject(
        new Problem("unavailable", "too many writes are waiting for the database", { retryAfter: 1 }),
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.#waiting.push({ item, isUrgent, resolve, reject });
    if (isUrgent) this.#begin();
    else if (this.#running === undefined) this.#timer ??= setTimeout(() => this.#begin(), DEFERRAL);
    return promise;
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#waiting.some(({ isUrgent }) => isUrgent)) this.#begin();
      else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#begin(), DEFERRAL);
    });
  }

  async #run(): Promise<void> {
    const { maxBatch } = this.#options;
    for (let turn = 0, seen = 0; turn < TURNS && seen < Math.min(this.#waiting.length, maxBatch); turn += 1) {
      seen = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.#write(this.#waiting.splice(0, maxBatch));
  }

  async #write(batch: readonly Waiting<T, R>[], isSecondTry = false): Promise<void> {
    try {
      const results = await this.#commit(batch, isSecondTry);
      for (const [index, waiting] of batch.entries()) answer(waiting, results[index]!);
    } catch (error) {
      // The outage may affect this connection only; whether the commit took effect is unknown.
      if (isOutage(error) && !isSecondTry) return this.#write(batch, true);
      // One bad item must not fail the others: each gets its own transaction.
      if (!isOutage(error) && batch.length > 1) for (const waiting of batch) await this.#write([waiting], isSecondTry);
      else for (const waiting of batch) waiting.reject(error);
    }
  }

  async #commit(batch: readonly Waiting<T, R>[], isSecondTry: boolean): Promise<readonly (R | Error)[]> {
    const { database, write, committed } = this.#options;
    const results = await database.transaction((sql) =>
      write(
        sql,
        batch.map((waiting) => waiting.item),
        isSecondTry,
      ),
    );
    committed?.();
    return results;
  }
}

function answer<T, R>(waiting: Waiting<T, R>, result: R | Error): void {
  if (result instanceof Error) waiting.reject(result);
  else waiting.resolve(result);
}
