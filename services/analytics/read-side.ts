/**
 * The database that reports are read from: a replica when there is one, so that long reports do not slow down sends.
 */
import type { Logger } from "moleculer";
import { isProblem } from "../../contracts/errors.ts";
import { openDatabase, type Database, type Sql } from "../../db/database.ts";

/** ms before a replica that failed is tried again. */
const RETRY = 30_000;
const CONNECTIONS = 4;

export interface ReadSideOptions {
  readonly primary: Database;
  /** postgres://…; null for none. */
  readonly url: string | null;
  readonly dataDir: string;
  readonly logger: Pick<Logger, "warn">;
}

export class ReadSide {
  readonly #options: ReadSideOptions;
  #replica: Promise<Database> | undefined;
  #retryAt = 0;

  constructor(options: ReadSideOptions) {
    this.#options = options;
  }

  /** Reads from the replica, or from the primary when there is none or it fails. */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { primary, url, logger } = this.#options;
    if (url === null || Date.now() < this.#retryAt) return work(primary);
    try {
      return await work(await this.#open(url));
    } catch (error) {
      if (isProblem(error)) throw error;
      this.#retryAt = Date.now() + RETRY;
      logger.warn("the read replica failed; reports are read from the primary for a while", {
        error: String(error),
      });
      return work(primary);
    }
  }

  async close(): Promise<void> {
    const replica = this.#replica;
    this.#replica = undefined;
    await replica?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  #open(url: string): Promise<Database> {
    this.#replica ??= openDatabase({ url, dataDir: this.#options.dataDir, poolSize: CONNECTIONS }).catch(
      (error: unknown) => {
        this.#replica = undefined;
        throw error;
      },
    );
    return this.#replica;
  }
}
