/** Brings the schema up: numbered, immutable migrations, each in one transaction, safe when two processes start at once. */
import { Umzug, type UmzugStorage } from "umzug";
import type { Database, Dialect, Sql } from "./database.ts";
import { up as foundation } from "./migrations/0001-foundation.ts";
import { up as installation } from "./migrations/0002-installation.ts";
import { up as deliveryLanes } from "./migrations/0003-delivery-lanes.ts";
import { up as analytics } from "./migrations/0004-analytics.ts";
import { up as userPresence } from "./migrations/0005-user-presence.ts";
import { up as backups } from "./migrations/0006-backups.ts";
import { up as mediaContent } from "./migrations/0007-media-content.ts";
import { up as removal } from "./migrations/0008-removal.ts";

/** In order; the names are what the database remembers, so they never change. */
const MIGRATIONS: readonly { name: string; up: (dialect: Dialect) => string[] }[] = [
  { name: "0001-foundation", up: foundation },
  { name: "0002-installation", up: installation },
  { name: "0003-delivery-lanes", up: deliveryLanes },
  { name: "0004-analytics", up: analytics },
  { name: "0005-user-presence", up: userPresence },
  { name: "0006-backups", up: backups },
  { name: "0007-media-content", up: mediaContent },
  { name: "0008-removal", up: removal },
];

const ADVISORY_LOCK = 7_170_001;

/** The names of all migrations, in order. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);

/**
 * Applies what is missing and returns the names applied. All pending ones share one transaction, which is also the lock. With
 * `only` nothing else is applied: a backup of an earlier schema is read into that schema first.
 */
export async function migrate(
  database: Pick<Database, "transaction">,
  only: readonly string[] = MIGRATION_NAMES,
): Promise<string[]> {
  return database.transaction(async (sql) => {
    // SQLite: BEGIN IMMEDIATE has made us the only writer. PostgreSQL: a second process waits here until we have committed.
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

/** The names of the migrations that the database has, in order. */
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
      throw new Error("migrations only go up; restore a backup to go back");
    },
  };
}
