/**
 * Gives a service `this.database`, which the process shares: opened and migrated by the first service that starts,
 * closed after the last one has stopped.
 */
import type { ServiceBroker, ServiceSchema } from "moleculer";
import type { Config } from "../contracts/config.ts";
import { openDatabase, type Database } from "../db/database.ts";
import { openPostgresConnection } from "../db/dedicated.ts";
import { migrate } from "../db/migrations.ts";
import { timed } from "../db/timed.ts";
import { observe } from "../metrics/metrics.ts";

interface Shared {
  readonly opening: Promise<Database>;
  users: number;
}

const shared = new WeakMap<ServiceBroker, Shared>();

/** The configuration that the broker was created with. */
export function configOf(broker: ServiceBroker): Config {
  const config = broker.options.wpp;
  if (config === undefined) throw new Error("the broker was created without the option `wpp`; see moleculer.config.ts");
  return config;
}

async function open(broker: ServiceBroker): Promise<Database> {
  const config = configOf(broker);
  const database = await openDatabase({
    url: config.databaseUrl,
    dataDir: config.dataDir,
    poolSize: config.databasePool,
  });
  try {
    await migrateSchema(config, database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return broker.isMetricsEnabled()
    ? timed(database, (op, ms) => observe(broker, "db_query_duration_seconds", { op }, ms / 1_000))
    : database;
}

/** On PostgreSQL by a dedicated connection: creating an index on a large table exceeds the pool's statement timeout. */
async function migrateSchema({ databaseUrl }: Config, database: Database): Promise<void> {
  if (databaseUrl === null) return void (await migrate(database));
  const connection = await openPostgresConnection(databaseUrl, null);
  try {
    await migrate(connection);
  } finally {
    await connection.close();
  }
}

/** The process's database. Every call must be matched by a call of `releaseDatabase`. */
export function acquireDatabase(broker: ServiceBroker): Promise<Database> {
  const entry = shared.get(broker) ?? { opening: open(broker), users: 0 };
  shared.set(broker, entry);
  entry.users += 1;
  return entry.opening;
}

/** Releases the database; the last release closes it. */
export async function releaseDatabase(broker: ServiceBroker): Promise<void> {
  const entry = shared.get(broker);
  if (entry === undefined) return;
  entry.users -= 1;
  if (entry.users > 0) return;
  shared.delete(broker);
  await (await entry.opening).close();
}

export interface DatabaseLocals {
  database: Database;
}

/** Opens before the service's own `started`, closes after its own `stopped`. */
export const databaseMixin: Partial<ServiceSchema> = {
  async started() {
    this.database = await acquireDatabase(this.broker);
  },
  async stopped() {
    await releaseDatabase(this.broker);
  },
};
