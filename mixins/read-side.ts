/**
 * The database that lists and reports are read from: a replica when there is one, so that they do not slow down sends.
 * A client reads its own writes: each read asks the primary how far it is, and uses the replica only when that is as
 * far. Whatever goes wrong with the replica, the primary answers.
 */
import type { Logger, ServiceBroker, ServiceSchema } from "moleculer";
import { Poller } from "../concurrency/poller.ts";
import { isProblem } from "../contracts/errors.ts";
import { openDatabase, type Database, type Sql } from "../db/database.ts";
import { readReplicaProgress, readWritePosition } from "../db/statements/database/replication.ts";
import { count, gauge } from "../metrics/metrics.ts";
import { acquireDatabase, configOf, releaseDatabase } from "./database.mixin.ts";

/** ms before a replica is tried again: one that failed, and one that is behind. */
const RETRY_FAILED = 5_000;
const RETRY_BEHIND = 1_000;
/** How often a replica is asked whether it has caught up, before the primary answers. */
const TRIES = 5;
const BETWEEN_TRIES = 10;
const CONNECTIONS = 4;
/** ms between two measurements of the lag. */
const MEASURE = 5_000;

export class ReadSide {
  readonly #primary: Database;
  readonly #open: () => Promise<Database>;
  readonly #broker: ServiceBroker;
  readonly #logger: Pick<Logger, "warn">;
  #replica: Promise<Database> | undefined;
  #retryAt = 0;
  #isFailing = false;
  /** The question for the primary's position that is about to be sent; reads that begin before that share it. */
  #asking: Promise<string> | undefined;
  readonly #measuring: Poller;

  constructor(broker: ServiceBroker, primary: Database, open: () => Promise<Database>) {
    this.#broker = broker;
    this.#primary = primary;
    this.#open = open;
    this.#logger = broker.getLogger("database");
    const work = () => this.#measure().then(() => false);
    this.#measuring = new Poller({
      name: "replica lag",
      interval: MEASURE,
      logger: broker.getLogger("database"),
      work,
    });
    this.#measuring.start();
  }

  /** Reads from the replica if it has everything that was written before, otherwise from the primary. */
  async read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    if (performance.now() >= this.#retryAt) {
      try {
        const replica = await this.#connected();
        if (await this.#hasCaughtUp(replica)) {
          const result = await work(replica);
          count(this.#broker, "db_replica_reads_total", { from: "replica" });
          this.#isFailing = false;
          return result;
        }
        this.#retryAt = performance.now() + RETRY_BEHIND;
      } catch (error) {
        if (isProblem(error)) throw error;
        this.#fail(error);
      }
    }
    count(this.#broker, "db_replica_reads_total", { from: "primary" });
    return work(this.#primary);
  }

  async close(): Promise<void> {
    await this.#measuring.stop();
    const replica = this.#replica;
    this.#replica = undefined;
    await replica?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  #connected(): Promise<Database> {
    this.#replica ??= this.#open().catch((error: unknown) => {
      this.#replica = undefined;
      throw error;
    });
    return this.#replica;
  }

  async #hasCaughtUp(replica: Database): Promise<boolean> {
    const position = await this.#position();
    for (let tries = 0; tries < TRIES; tries += 1) {
      if ((await readReplicaProgress(replica, position)).hasCaughtUp) return true;
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
    }
    return false;
  }

  /** A question that was sent before the read began could miss a write of the same client. */
  #position(): Promise<string> {
    this.#asking ??= Promise.resolve().then(() => {
      this.#asking = undefined;
      return readWritePosition(this.#primary);
    });
    return this.#asking;
  }

  #fail(error: unknown): void {
    this.#retryAt = performance.now() + RETRY_FAILED;
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logger.warn("the read replica failed; the primary answers for a while", { error: String(error) });
  }

  async #measure(): Promise<void> {
    try {
      const replica = await this.#connected();
      const { lag } = await readReplicaProgress(replica, await this.#position());
      gauge(this.#broker, "db_replica_lag_seconds", {}, lag);
    } catch (error) {
      this.#fail(error);
    }
  }
}

interface Shared {
  readonly opening: Promise<ReadSide | null>;
  users: number;
}

const shared = new WeakMap<ServiceBroker, Shared>();

async function open(broker: ServiceBroker): Promise<ReadSide | null> {
  const { databaseReadUrl: url, dataDir } = configOf(broker);
  if (url === null) return null;
  const primary = await acquireDatabase(broker);
  const replica = () => openDatabase({ url, dataDir, poolSize: CONNECTIONS, use: "replica" });
  return new ReadSide(broker, primary, replica);
}

async function release(broker: ServiceBroker): Promise<void> {
  const entry = shared.get(broker);
  if (entry === undefined) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  shared.delete(broker);
  const readSide = await entry.opening;
  if (readSide === null) return;
  await readSide.close();
  await releaseDatabase(broker);
}

export interface ReadSideLocals {
  /** Reads for a list or a report; see ReadSide. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** Gives a service `this.read`, which the process shares. It needs the database mixin before it. */
export const readSideMixin: Partial<ServiceSchema> = {
  methods: {
    async read(work: (sql: Sql) => Promise<unknown>): Promise<unknown> {
      const readSide = await shared.get(this.broker)?.opening;
      return readSide === null || readSide === undefined ? work(this.database) : readSide.read(work);
    },
  },
  async started() {
    const entry = shared.get(this.broker) ?? { opening: open(this.broker), users: 0 };
    shared.set(this.broker, entry);
    entry.users += 1;
    await entry.opening;
  },
  async stopped() {
    await release(this.broker);
  },
};
