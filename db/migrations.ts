/** Upgrades the schema: numbered, immutable migrations, safe when two processes start at the same time. */
import { Umzug, type UmzugStorage } from "umzug";
import type { Dialect, Sql } from "./database.ts";
import { up as foundation } from "./migrations/0001-foundation.ts";
import { up as installation } from "./migrations/0002-installation.ts";
import { up as deliveryLanes } from "./migrations/0003-delivery-lanes.ts";
import { up as analytics } from "./migrations/0004-analytics.ts";
import { up as userPresence } from "./migrations/0005-user-presence.ts";
import { up as backups } from "./migrations/0006-backups.ts";
import { up as mediaContent } from "./migrations/0007-media-content.ts";
import { up as removal } from "./migrations/0008-removal.ts";
import { up as makers } from "./migrations/0009-makers.ts";
import { up as whatsappIdsAndVotes } from "./migrations/0010-whatsapp-ids-and-votes.ts";
import { up as accountOfQueue } from "./migrations/0011-account-of-queue.ts";
import { up as chatsOfLids } from "./migrations/0012-chats-of-lids.ts";
import { up as cluster } from "./migrations/0013-cluster.ts";
import { up as orderedDeliveries } from "./migrations/0014-ordered-deliveries.ts";
import { up as databaseTimelines } from "./migrations/0015-database-timelines.ts";
import { up as sessionProxy } from "./migrations/0016-session-proxy.ts";
import { up as webhookFormats } from "./migrations/0017-webhook-formats.ts";

/** In order. The database records applied migrations by name, so names never change. */
const MIGRATIONS: readonly { name: string; up: (dialect: Dialect) => string[] }[] = [
  { name: "0001-foundation", up: foundation },
  { name: "0002-installation", up: installation },
  { name: "0003-delivery-lanes", up: deliveryLanes },
  { name: "0004-analytics", up: analytics },
  { name: "0005-user-presence", up: userPresence },
  { name: "0006-backups", up: backups },
  { name: "0007-media-content", up: mediaContent },
  { name: "0008-removal", up: removal },
  { name: "0009-makers", up: makers },
  { name: "0010-whatsapp-ids-and-votes", up: whatsappIdsAndVotes },
  { name: "0011-account-of-queue", up: accountOfQueue },
  { name: "0012-chats-of-lids", up: chatsOfLids },
  { name: "0013-cluster", up: cluster },
  { name: "0014-ordered-deliveries", up: orderedDeliveries },
  { name: "0015-database-timelines", up: databaseTimelines },
  { name: "0016-session-proxy", up: sessionProxy },
  { name: "0017-webhook-formats", up: webhookFormats },
];

const ADVISORY_LOCK = 7_170_001;

/** The names of all migrations, in order. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);

/** A pool or a dedicated connection. */
interface Migratable {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/**
 * Applies pending migrations and returns their names. All of them share one transaction, which also serves as the lock.
 * `only` limits them, because a backup of an earlier schema is loaded into that schema first.
 */
export async function migrate(database: Migratable, only: readonly string[] = MIGRATION_NAMES): Promise<string[]> {
  return database.transaction(async (sql) => {
    // On SQLite, BEGIN IMMEDIATE already excludes other writers. On PostgreSQL, a second process waits here.
    if (sql.dialect === "postgres") await sql.all("SELECT pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    await sql.run("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
    const umzug = new Umzug({
      migrations: MIGRATIONS.filter(({ name }) => only.includes(name)).map(({ name, up }) => ({
        name,
        up: async () => {
          for (const statement of up(sql.dialect)) await sql.run(statement);
        },
      })),
      storage: storageIn(sql),
      logger: undefined,
    });
    return (await umzug.up()).map((migration) => migration.name);
  });
}

/** The names of the applied migrations, in order. */
export async function readApplied(sql: Sql): Promise<string[]> {
  return (await sql.all<{ name: string }>("SELECT name FROM schema_migrations ORDER BY name")).map((row) => row.name);
}

function storageIn(sql: Sql): UmzugStorage {
  return {
    executed: () => readApplied(sql),
    logMigration: async ({ name }) => {
      await sql.run("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", [name, Date.now()]);
    },
    unlogMigration: async () => {
      throw new Error("there are no down migrations; to go back, restore a backup");
    },
  };
}
