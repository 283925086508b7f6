/** PostgreSQL: Sequelize's pool, from which the named statements take connections too. */
import { createHash } from "node:crypto";
import pg, { type Connection } from "pg";
import { Sequelize } from "sequelize";
import type { Database, Sql, Transaction } from "./database.ts";
import { Breaker } from "./breaker.ts";
import { followDatabaseClock } from "./database-clock.ts";
import { isOutage } from "./failures.ts";
import { createJoinable } from "./joinable-transaction.ts";
import { findServer, type Use } from "./postgres-hosts.ts";

/** Time limit of a statement in ms. The server enforces it; the client waits slightly longer. */
const STATEMENT_TIMEOUT = 15_000;

// Counters and times in ms fit a double; node-postgres would return them as text.
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

/** Sequelize's pool; its types leave these methods out. */
interface ConnectionPool {
  getConnection(options: { type: "write" }): Promise<pg.Client>;
  releaseConnection(client: pg.Client): void;
  destroyConnection(client: pg.Client): Promise<void>;
}

/** ms within which each server has to answer when the database is opened. */
const FOUND_WITHIN = 5_000;

/** Opens a pool of at most `poolSize` connections to the primary, or to a server that only takes reads. */
export async function openPostgres(url: string, poolSize: number, use: Use = "primary"): Promise<Database> {
  const listeners = new Set<() => void>();
  const first = await findServer(url, use, FOUND_WITHIN);
  const inUse = new Set<pg.Client>();
  const breaker = new Breaker({
    url,
    use,
    current: first,
    onSwitch: () => listeners.forEach((tell) => tell()),
    // What these statements did is unknown, as after any loss of a connection.
    onLost: (error) => inUse.forEach((client) => cut(client, error)),
  });
  const sequelize = new Sequelize(first, {
    dialect: "postgres",
    logging: false,
    pool: { min: 2, max: poolSize, idle: 30_000, acquire: 10_000 },
    dialectOptions: {
      statement_timeout: STATEMENT_TIMEOUT,
      query_timeout: STATEMENT_TIMEOUT + 2_000,
      // A process that hangs, or that the network cut off, must not keep rows and the end of the event log locked.
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
      connectionTimeoutMillis: 5_000,
      application_name: "wppconnect",
    },
  });
  const pool = sequelize.connectionManager as unknown as ConnectionPool;
  const guarded = guardPool(sequelize, pool, breaker, inUse);
  await sequelize.authenticate();
  breaker.start();
  const all = <R>(text: string, parameters?: readonly unknown[]) =>
    withClient(pool, (client) => postgresSql(client).all<R>(text, parameters));
  const following = use === "primary" ? await followDatabaseClock({ all }) : null;
  if (following !== null) listeners.add(following.measure);
  return {
    dialect: "postgres",
    sequelize,
    file: null,
    all,
    run: (text, parameters) => withClient(pool, (client) => postgresSql(client).run(text, parameters)),
    transaction: (work) =>
      withClient(pool, (client) =>
        transact(sequelize, client, async (sql) => {
          const result = await work(sql);
          guarded.requireCurrent(client);
          return result;
        }),
      ),
    onFailover: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      following?.stop();
      breaker.stop();
      await sequelize.close();
    },
  };
}

/**
 * Lets no one wait for a connection while the server is away, and gives out no connection to a server that is not the
 * current one any more. Named statements and models take theirs here. Keeps the set of those in use.
 */
function guardPool(sequelize: Sequelize, pool: ConnectionPool, breaker: Breaker, inUse: Set<pg.Client>) {
  const generations = new WeakMap<pg.Client, number>();
  const hostOf = (url: string) => ({ host: new URL(url).hostname, port: new URL(url).port || "5432" });
  sequelize.addHook("beforeConnect", (config) => void Object.assign(config, hostOf(breaker.current.url)));
  sequelize.addHook("afterConnect", (connection, config) => {
    const { host, port } = hostOf(breaker.current.url);
    const isCurrent = config.host === host && String(config.port) === port;
    generations.set(connection as pg.Client, isCurrent ? breaker.current.generation : -1);
  });
  const isCurrent = (client: pg.Client) => generations.get(client) === breaker.current.generation;
  const getConnection = pool.getConnection.bind(pool);
  const releaseConnection = pool.releaseConnection.bind(pool);
  const destroyConnection = pool.destroyConnection.bind(pool);
  const getCurrent = async (options: { type: "write" }): Promise<pg.Client> => {
    for (;;) {
      const client = await getConnection(options);
      if (isCurrent(client)) return client;
      // The former server may hang, and would keep an orderly end waiting.
      cut(client);
      void destroyConnection(client);
    }
  };
  pool.getConnection = async (options) => {
    let pending: Promise<pg.Client> | undefined;
    try {
      const client = await breaker.unlessAway(() => (pending = getCurrent(options)));
      inUse.add(client);
      return client;
    } catch (error) {
      // Nobody waits for it any more; it goes back when it comes.
      pending?.then(releaseConnection, () => undefined);
      throw error;
    }
  };
  pool.releaseConnection = (client) => {
    // Connections whose statement failed for want of an answer are destroyed instead.
    breaker.answered(generations.get(client) ?? -1);
    inUse.delete(client);
    releaseConnection(client);
  };
  pool.destroyConnection = (client) => {
    inUse.delete(client);
    return destroyConnection(client);
  };
  return {
    /** Throws an outage for a connection to a former primary: what it commits there would be lost. */
    requireCurrent: (client: pg.Client) => {
      if (!isCurrent(client)) throw Object.assign(new Error("another server was promoted"), { code: "57P01" });
    },
  };
}

/** Ends the connection at once. An orderly end would wait for a server that does not respond. */
function cut(client: pg.Client, error?: Error): void {
  (client as unknown as { connection: Connection }).connection.stream.destroy(error);
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

async function transact<T>(
  sequelize: Sequelize,
  client: pg.Client,
  work: (sql: Transaction) => Promise<T>,
): Promise<T> {
  await client.query("BEGIN");
  const joinable = createJoinable(sequelize, client);
  try {
    const result = await work({ ...postgresSql(client), forSequelize: joinable.forSequelize });
    const { command } = await client.query("COMMIT");
    // If a statement failed and its error was swallowed, the server rolls back but reports success.
    if (command !== "COMMIT") throw new Error(`the transaction ended in ${command}: one of its statements had failed`);
    return result;
  } catch (error) {
    // withClient destroys a connection that did not answer, which rolls back as well.
    if (!isOutage(error)) await client.query("ROLLBACK");
    throw error;
  } finally {
    joinable.end();
  }
}
