/** For tests below the services: a database of their own, rows of tenants and sessions, and a node that runs them with the actors of dying-thread.ts. */
import type { SessionNodeOptions } from "../../actors/node-options.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { setDesired } from "../../db/statements/sessions/placements.ts";
import { insertSession } from "../../db/statements/sessions/sessions.ts";
import { databaseEnvironment } from "./database.ts";

/** A new database with the present schema; whoever opens it closes it. */
export async function openTestDatabase(dataDir: string): Promise<Database> {
  const database = await openDatabase({
    url: (await databaseEnvironment(dataDir))["WPP_DATABASE_URL"] ?? null,
    dataDir,
  });
  await migrate(database);
  return database;
}

export async function addTenant(database: Database): Promise<Id<"tenant">> {
  const id = createId("tenant");
  await database.run(
    "INSERT INTO tenants (id, name, plan, status, quotas, settings, version, created_at, updated_at) VALUES ($1, 'T', 'enterprise', 'active', '{}', '{}', 1, 1, 1)",
    [id],
  );
  return id;
}

interface Kind {
  readonly driver?: "light" | "browser";
  /** A habit of the driver of dying-thread.ts. */
  readonly habit?: "slow" | "clinging";
}

/** A session that wants to run. */
export async function addSession(
  database: Database,
  tenantId: Id<"tenant">,
  name = "main",
  kind: Kind = {},
): Promise<Id<"session">> {
  const { driver = "light", habit = "t" } = kind;
  const id = createId("session");
  const settings = JSON.stringify({ deviceName: habit });
  await database.transaction(async (sql) => {
    await insertSession(sql, {
      id,
      tenantId,
      name,
      network: "whatsapp",
      driver,
      autoStart: true,
      settings,
      metadata: "{}",
      now: 1,
    });
    await setDesired(sql, id, "running", false);
  });
  return id;
}

/** What a node of threads needs. */
export function nodeOptionsOf(database: Database, dataDir: string, threads: number): SessionNodeOptions {
  return {
    database,
    dataDir,
    directoryName: "test",
    nodeId: "test",
    threads,
    maxSessions: 100,
    threadEntry: new URL("../actors/dying-thread.ts", import.meta.url),
    driverSettings: { browser: { path: null, sandbox: true, webVersion: null }, light: {} },
    findSandbox: async () => null,
    announce: () => {},
    onEvent: () => {},
    log: () => {},
    onFenced: () => {},
  };
}
