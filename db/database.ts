/**
 * The connection to the one database: SQLite in the data directory, or PostgreSQL. CRUD goes through `sequelize`; the named
 * statements of `db/statements/` go through `query` and `transaction`, which use Sequelize's own pool (PostgreSQL) or the
 * file's write lock (SQLite), so that both kinds of writer respect each other.
 */
import { chmodSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { Sequelize } from "sequelize";
import { isOutage } from "./failures.ts";
import * as sqliteDialect from "./sqlite-dialect.ts";
import { sqliteSql } from "./sqlite-statements.ts";

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

/** Client-side bound of a statement, in ms; the server's own bound is the same. */
const STATEMENT_TIMEOUT = 15_000;

// Counters and times in ms fit a double; node-postgres would give them as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Opens the database; the schema is brought up by `migrate` in migrations.ts. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url === null ? openSqlite(join(options.dataDir, "wpp.db")) : openPostgres(options.url, options.poolSize ?? 12);
}

async function openSqlite(file: string): Promise<Database> {
  const writer = sqliteDialect.openHandle(file);
  const reader = sqliteDialect.openHandle(file);
  chmodSync(file, 0o600);
  const sequelize = new Sequelize({ dialect: "sqlite", storage: file, dialectModule: sqliteDialect, logging: false });
  const lock = sqliteDialect.writeLockOf(file);
  const write = sqliteSql(writer);
  const read = sqliteSql(reader);
  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await lock.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const isRead = (text: string) => /^\s*SELECT/i.test(text);
  return {
    dialect: "sqlite",
    sequelize,
    file,
    all: <R>(text: string, parameters?: readonly unknown[]) => (isRead(text) ? read.all<R>(text, parameters) : locked(() => write.all<R>(text, parameters))),
    run: (text, parameters) => locked(() => write.run(text, parameters)),
    transaction: (work) =>
      locked(async () => {
        writer.exec("BEGIN IMMEDIATE");
        try {
          const result = await work(write);
          writer.exec("COMMIT");
          return result;
        } catch (error) {
          if (writer.isTransaction) writer.exec("ROLLBACK");
          throw error;
        }
      }),
    close: async () => {
      await sequelize.close();
      reader.close();
      writer.close();
    },
  };
}

const statementNames = new Map<string, string>();

/** A prepared statement's name: the text's hash, so that the same text is planned once per connection. */
function nameOf(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash("sha256").update(text).digest("base64url").slice(0, 24);
    statementNames.set(text, name);
  }
  return name;
}

/** Statements on a connection of node-postgres. */
export function postgresSql(client: pg.Client): Sql {
  const run = (text: string, parameters: readonly unknown[]) => client.query<Row>({ name: nameOf(text), text, values: [...parameters] });
  return {
    dialect: "postgres",
    all: async <R>(text: string, parameters: readonly unknown[] = []) => (await run(text, parameters)).rows as R[],
    run: async (text, parameters = []) => (await run(text, parameters)).rowCount ?? 0,
  };
}

/** The pool that Sequelize keeps; its types leave these two methods out. */
interface ConnectionPool {
  getConnection(options: { type: "write" }): Promise<pg.Client>;
  releaseConnection(client: pg.Client): void;
  destroyConnection(client: pg.Client): Promise<void>;
}

async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const sequelize = new Sequelize(url, {
    dialect: "postgres",
    logging: false,
    pool: { min: 2, max: poolSize, idle: 30_000, acquire: 10_000 },
    dialectOptions: {
      statement_timeout: STATEMENT_TIMEOUT,
      query_timeout: STATEMENT_TIMEOUT + 2_000,
      // What a process held that stands still, or that nobody reaches any more, is given free: rows, and the end of the event log.
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
      connectionTimeoutMillis: 5_000,
      application_name: "wppconnect",
    },
  });
  const pool = sequelize.connectionManager as unknown as ConnectionPool;
  const withClient = async <T>(work: (sql: Sql, client: pg.Client) => Promise<T>): Promise<T> => {
    const client = await pool.getConnection({ type: "write" });
    let usable = true;
    try {
      return await work(postgresSql(client), client);
    } catch (error) {
      usable = !isOutage(error);
      throw error;
    } finally {
      if (usable) pool.releaseConnection(client);
      else await pool.destroyConnection(client);
    }
  };
  await sequelize.authenticate();
  return {
    dialect: "postgres",
    sequelize,
    file: null,
    all: (text, parameters) => withClient((sql) => sql.all(text, parameters)),
    run: (text, parameters) => withClient((sql) => sql.run(text, parameters)),
    transaction: (work) =>
      withClient(async (sql, client) => {
        await client.query("BEGIN");
        try {
          const result = await work(sql);
          await client.query("COMMIT");
          return result;
        } catch (error) {
          // A connection that did not answer is thrown away by withClient, which rolls back as well.
          if (!isOutage(error)) await client.query("ROLLBACK");
          throw error;
        }
      }),
    close: () => sequelize.close(),
  };
}

/** The database's own clock in ms: leases are compared on it alone, so that no two machines' clocks are compared. */
export function databaseNow(dialect: Dialect): string {
  return dialect === "postgres" ? "(extract(epoch from clock_timestamp()) * 1000)::bigint" : "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
}
