/**
 * The connection to the one database: SQLite in the data directory, or PostgreSQL. The models of `db/models/` go
 * through `sequelize`; the named statements of `db/statements/` go through `all`, `run` and `transaction`. Both take
 * connections from Sequelize's pool (PostgreSQL) or wait for the file's write lock (SQLite), and both can write in
 * one transaction.
 */
import { join } from "node:path";
import type { Sequelize, Transaction as SequelizeTransaction } from "sequelize";
import type { Use } from "./postgres-hosts.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

export type Dialect = "sqlite" | "postgres";
export type Row = Record<string, unknown>;

/**
 * Runs statements with `$1, $2, …` parameters. The same text serves both dialects unless the statement's comment says
 * otherwise.
 */
export interface Sql {
  readonly dialect: Dialect;
  all<R>(text: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Returns the number of rows changed. */
  run(text: string, parameters?: readonly unknown[]): Promise<number>;
}

/** Statements of one transaction. */
export interface Transaction extends Sql {
  /** The `transaction` option for calls of Sequelize models that must be part of this transaction. */
  forSequelize(): SequelizeTransaction;
}

export interface Database extends Sql {
  readonly sequelize: Sequelize;
  /** The SQLite file; null on PostgreSQL. */
  readonly file: string | null;
  /** One transaction, rolled back when `work` throws. On SQLite writers take turns. */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T>;
  /** Calls the listener each time another PostgreSQL server has taken over; returns the function that ends that. */
  onFailover(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** postgres://…, or null for SQLite in `dataDir`. Several hosts are those of a primary and its standbys. */
  readonly url: string | null;
  readonly dataDir: string;
  /** Maximum number of connections of this process, 12 by default; the server must allow as many for each process. */
  readonly poolSize?: number;
  /** `replica`: a PostgreSQL server for reads only; `primary` by default. */
  readonly use?: Use;
}

/** Opens the database; `migrate` in migrations.ts creates and upgrades the schema. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === null
    ? openSqlite(join(options.dataDir, "wpp.db"))
    : openPostgres(options.url, options.poolSize ?? 12, options.use);
}

/** The condition that a column equals one of a list, which is a single parameter in both dialects. */
export function isOneOf({ dialect }: Pick<Sql, "dialect">, column: string, parameter: string): string {
  return dialect === "postgres"
    ? `${column} = ANY(${parameter}::text[])`
    : `${column} IN (SELECT value FROM json_each(${parameter}))`;
}

/** The database server's clock in ms. Leases are compared on this clock alone, never across machines. */
export function databaseNow(dialect: Dialect): string {
  return dialect === "postgres"
    ? "(extract(epoch from clock_timestamp()) * 1000)::bigint"
    : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}
