/**
 * A dedicated connection outside the pool, for the few statements that process whole tables: with a statement timeout
 * of minutes, and optionally on another schema or file than the live one. Its opener closes it.
 */
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { Sql } from "./database.ts";
import { postgresSql } from "./postgres.ts";
import { findServer } from "./postgres-hosts.ts";
import { openHandle } from "./sqlite-dialect.ts";
import { sqliteSql } from "./sqlite-statements.ts";

export interface DedicatedConnection extends Sql {
  /** One transaction; rolled back when `work` throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Time limit of a statement, in ms. */
const STATEMENT_TIMEOUT = 30 * 60_000;
const CONNECTED_WITHIN = 5_000;

type Begin = "BEGIN" | "BEGIN IMMEDIATE";

function dedicated(sql: Sql, begin: Begin, close: () => Promise<void>): DedicatedConnection {
  return {
    ...sql,
    close,
    transaction: async (work) => {
      await sql.run(begin);
      try {
        const result = await work(sql);
        await sql.run("COMMIT");
        return result;
      } catch (error) {
        // A lost connection has been rolled back by the server; the first error is the one to report.
        await sql.run("ROLLBACK").catch(() => undefined);
        throw error;
      }
    },
  };
}

/**
 * `live` uses the settings of all handles on the database; `scratch` is faster but not durable; `read` is read-only.
 */
export function openSqliteFile(file: string, use: "live" | "scratch" | "read"): DedicatedConnection {
  const handle =
    use === "live" ? openHandle(file) : new DatabaseSync(file, { timeout: 5_000, readOnly: use === "read" });
  if (use === "scratch")
    handle.exec(
      "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY;",
    );
  return dedicated(sqliteSql(handle), "BEGIN IMMEDIATE", async () => handle.close());
}

/** A connection to the primary; with a schema, unqualified names refer to that schema only. */
export async function openPostgresConnection(url: string, schema: string | null): Promise<DedicatedConnection> {
  const client = new pg.Client({
    connectionString: await findServer(url, "primary", CONNECTED_WITHIN),
    connectionTimeoutMillis: CONNECTED_WITHIN,
    statement_timeout: STATEMENT_TIMEOUT,
    query_timeout: STATEMENT_TIMEOUT + 5_000,
    application_name: "wppconnect backup",
  });
  const lost: Error[] = [];
  // The next statement fails with the loss; without a listener the event would end the thread.
  client.on("error", (error) => lost.push(error));
  await client.connect();
  const sql = postgresSql(client);
  if (schema !== null) await sql.all("SELECT set_config('search_path', $1, false)", [`"${schema}"`]);
  return dedicated(sql, "BEGIN", () => client.end());
}
