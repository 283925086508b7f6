/** A system with backups and a platform administrator, many rows to back up, and the row counts of all tables. */
import type { Backup } from "../../../contracts/routes/backup.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Sql } from "../../../db/database.ts";
import { countRows } from "../../../db/statements/backup/table-rows.ts";
import { readTableShapes } from "../../../db/statements/backup/table-shapes.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { startSystem, type System } from "../../harness/system.ts";

/** The system with backups and the first platform administrator. */
export async function startWithAdmin(
  environment: Readonly<Record<string, string>> = {},
  dataDir?: string,
): Promise<{ system: System; admin: Account }> {
  const system = await startSystem({
    services: [
      "api-gateway",
      "auth",
      "tenant",
      "session",
      "session-node",
      "message",
      "event",
      "webhook",
      "sandbox",
      "backup",
    ],
    environment: { ...OPEN, ...environment },
    settings: { backup: { interval: 200 } },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  return { system, admin: await registerTenant(system, "Alpha", url.split("#")[1]!) };
}

/** The backup once no operation on it is running. */
export function settled(account: Account, id: string): Promise<Backup> {
  return account.owner.until<Backup>(`/backups/${id}`, (backup) => backup.activity === null, 60_000);
}

/** A finished and verified backup. */
export async function makeBackup(admin: Account, body: object = {}): Promise<Backup> {
  const { id } = await admin.owner.expect<Backup>(202, "POST", "/backups", body);
  return settled(admin, id);
}

/** Runs with the system's own database. */
export async function withDatabase<T>(system: System, work: (sql: Sql) => Promise<T>): Promise<T> {
  const database = await acquireDatabase(system.broker);
  try {
    return await work(database);
  } finally {
    await releaseDatabase(system.broker);
  }
}

/** The number of rows in each table. */
export async function countAll(sql: Sql): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name } of await readTableShapes(sql)) counts[name] = await countRows(sql, name);
  return counts;
}

/** A tenant with one session and many sent messages, written directly to the database. */
export async function insertMany(sql: Sql, messages: number, part = 0): Promise<void> {
  const [tenantId, sessionId, now] = [createId("tenant"), createId("session"), Date.now()];
  await sql.run(
    `INSERT INTO tenants (id, name, plan, status, quotas, settings, version, created_at, updated_at)
     VALUES ($1, 'Many', 'pro', 'active', '{}', '{}', 1, $2, $2)`,
    [tenantId, now],
  );
  await sql.run(
    `INSERT INTO sessions (id, tenant_id, name, network, driver, auto_start, settings, metadata, state, reason, since,
       evidence, version, created_at, updated_at)
     VALUES ($1, $2, 'many', 'sandbox', 'light', 0, '{}', '{}', 'stopped', 'created', $3, '{}', 1, $3, $3)`,
    [sessionId, tenantId, now],
  );
  await sql.run(
    `INSERT INTO placements (session_id, tenant_id, desired, phase, since)
     VALUES ($1, $2, 'stopped', 'idle', $3)`,
    [sessionId, tenantId, now],
  );
  await sql.run(
    `INSERT INTO messages (id, tenant_id, session_id, direction, type, chat_id, content, text, status, wa_id, wa_key,
       timeline, created_at, updated_at)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $4)
     SELECT 'msg_many' || $5 || '_' || i, $1, $2, 'out', 'text', '15550100100@c.us', '{"text":"one of many"}',
       'one of many', 'sent', 'many' || i, 'many' || i, '[]', $3, $3
     FROM n`,
    [tenantId, sessionId, now, messages, String(part)],
  );
}
