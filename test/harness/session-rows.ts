/**
 * For tests below the services: a database, rows of tenants, sessions and logins, and the options of a session node
 * whose threads are those of dying-thread.ts.
 */
import { Lease } from "../../actors/lease.ts";
import type { LeaseTimes } from "../../contracts/lease-times.ts";
import type { NodeFacts } from "../../db/statements/sessions/nodes.ts";
import type { SessionNodeOptions } from "../../actors/node-options.ts";
import { createId, type Id } from "../../contracts/ids.ts";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { setDesired } from "../../db/statements/sessions/placements.ts";
import { insertSession } from "../../db/statements/sessions/sessions.ts";
import { databaseEnvironment } from "./database.ts";

/** A database with the current schema; the caller closes it. */
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
    `INSERT INTO tenants (id, name, plan, status, quotas, settings, version, created_at, updated_at)
     VALUES ($1, 'T', 'enterprise', 'active', '{}', '{}', 1, 1, 1)`,
    [id],
  );
  return id;
}

interface SessionOptions {
  readonly driver?: "light" | "browser";
  /** A behaviour of the driver of dying-thread.ts. */
  readonly behaviour?: "slow" | "clinging";
}

/** A session whose desired state is running. */
export async function addSession(
  database: Database,
  tenantId: Id<"tenant">,
  name = "main",
  options: SessionOptions = {},
): Promise<Id<"session">> {
  const { driver = "light", behaviour = "t" } = options;
  const id = createId("session");
  const settings = JSON.stringify({ deviceName: behaviour });
  await database.transaction(async (sql) => {
    await insertSession(sql, {
      id,
      tenantId,
      name,
      network: "whatsapp",
      driver,
      autoStart: true,
      settings,
      proxyPassword: null,
      metadata: "{}",
      placement: { zone: null, nodeGroup: null },
      now: 1,
    });
    await setDesired(sql, id, "running", false);
  });
  return id;
}

/** Ended logins of a new user, each with one refresh token. */
export async function addLogins(database: Database, tenantId: string, count: number): Promise<void> {
  await database.run(
    `INSERT INTO users (id, tenant_id, email, name, role, password_hash, version, created_at, updated_at)
     VALUES ('usr_1', $1, 'a@b.test', 'A', 'owner', '', 1, 1, 1)`,
    [tenantId],
  );
  for (let n = 0; n < count; n++) {
    await database.run(
      `INSERT INTO logins (id, tenant_id, user_id, current_hash, rotated_at, created_at, expires_at)
       VALUES ($1, $2, 'usr_1', $3, 1, 1, 1)`,
      [`lgn_${n}`, tenantId, `hash ${n}`],
    );
    await database.run("INSERT INTO refresh_tokens (hash, login_id, created_at) VALUES ($1, $2, 1)", [
      `hash ${n}`,
      `lgn_${n}`,
    ]);
  }
}

/** Long enough that no test loses its lease by being slow. */
export const LEASE_TIMES: LeaseTimes = { ttl: 30_000, renew: 5_000, answer: 4_000, fence: 20_000 };

/** A node of this name, as it is registered. */
export function nodeFacts(nodeId: string): NodeFacts {
  return { nodeId, version: "0.0.0", zone: null, group: null, capacity: 1_000, maxSessions: 100 };
}

/** A lease that is not started yet. */
export function testLease(database: Database, hostId = "host"): Lease {
  const quiet = () => undefined;
  const load = () => ({ load: 0, sessions: 0, starting: 0 });
  return new Lease({ database, facts: nodeFacts("node"), hostId, times: LEASE_TIMES, load, log: quiet, onLost: quiet });
}

/** Options of a node with this number of threads. */
export function nodeOptionsOf(database: Database, dataDir: string, threads: number): SessionNodeOptions {
  return {
    database,
    dataDir,
    directoryName: "test",
    facts: nodeFacts("test"),
    lease: LEASE_TIMES,
    threads,
    threadEntry: new URL("../actors/dying-thread.ts", import.meta.url),
    driverSettings: { browser: { path: null, sandbox: true, webVersion: null }, light: {} },
    snapshotKey: () => Buffer.alloc(32, 1).toString("base64url"),
    openProxy: async () => null,
    onRejectedCall: () => undefined,
    findSandbox: async () => null,
    announce: () => {},
    onReleased: () => {},
    onEvent: () => {},
    log: () => {},
    onFenced: () => {},
  };
}
