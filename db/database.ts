/**
 * The connection to the one database: SQLite in the data directory, or PostgreSQL. CRUD goes through `sequelize`; the named
 * statements of `db/statements/` go through `all`, `run` and `transaction`, which use Sequelize's own pool (PostgreSQL) or the
 * file's write lock (SQLite), so that both kinds of writer respect each other.
 */
import { join } from "node:path";
import type { Sequelize } from "sequelize";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export type Dialect = "sqlite" | "postgres";
export type Row = Record<string, unknown>;

/** Runs statements with `$1, $2, …` parameters; the same text serves both dialects unless the statement says otherwise. */
export interface Sql {
  readonly dialect: Dialect;
  all<R>(text: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** The number of rows changed. */
  run(text: string, parameters?: readonly unknown[]): Promise<number>;
}

export interface Database extends Sql {
  readonly sequelize: Sequelize;
  /** The SQLite file; null on PostgreSQL. */
  readonly file: string | null;
  /** One transaction; rolled back when `work` throws. On SQLite writers take turns. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgres://…, or null for SQLite in `dataDir`. */
  readonly url: string | null;
  readonly dataDir: string;
  /** Connections of this process at most; the server's own limit must allow this many for each process. */
  readonly poolSize?: number;
}

/** Opens the database; the schema is brought up by `migrate` in migrations.ts. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === null
    ? openSqlite(join(options.dataDir, "wpp.db"))
    : openPostgres(options.url, options.poolSize ?? 12);
}

/** The database's own clock in ms: leases are compared on it alone, so that no two machines' clocks are compared. */
export function databaseNow(dialect: Dialect): string {
  return dialect === "postgres"
    ? "(extract(epoch from clock_timestamp()) * 1000)::bigint"
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}
