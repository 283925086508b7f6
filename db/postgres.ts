/** PostgreSQL: Sequelize's pool, of which the named statements take connections for themselves. */
import { createHash } from "node:crypto";
import pg from "pg";
import { Sequelize } from "sequelize";
import type { Database, Sql } from "./database.ts";
import { isOutage } from "./failures.ts";

/** Client-side bound of a statement, in ms; the server's own bound is the same. */
const STATEMENT_TIMEOUT = 15_000;

// Counters and times in ms fit a double; node-postgres would give them as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

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
  const run = (text: string, parameters: readonly unknown[]) =>
    client.query<Record<string, unknown>>({ name: nameOf(text), text, values: [...parameters] });
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

/** Opens a pool of at most so many connections. */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
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
  await sequelize.authenticate();
  return {
    dialect: "postgres",
    sequelize,
    file: null,
    all: (text, parameters) => withClient(pool, (client) => postgresSql(client).all(text, parameters)),
    run: (text, parameters) => withClient(pool, (client) => postgresSql(client).run(text, parameters)),
    transaction: (work) => withClient(pool, (client) => transact(client, work)),
    close: () => sequelize.close(),
  };
}

async function withClient<T>(pool: ConnectionPool, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await pool.getConnection({ type: "write" });
  let usable = true;
  try {
    return await work(client);
  } catch (error) {
    usable = !isOutage(error);
    throw error;
  } finally {
    if (usable) pool.releaseConnection(client);
    else await pool.destroyConnection(client);
  }
}

async function transact<T>(client: pg.Client, work: (sql: Sql) => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work(postgresSql(client));
    const { command } = await client.query("COMMIT");
    // After a statement that failed unnoticed the server rolls back, and calls that a success.
    if (command !== "COMMIT") throw new Error(`the transaction ended in ${command}: one of its statements had failed`);
    return result;
  } catch (error) {
    // A connection that did not answer is thrown away by withClient, which rolls back as well.
    if (!isOutage(error)) await client.query("ROLLBACK");
    throw error;
  }
}
