import type { Sql } from "../../database.ts";
import { lockTenant } from "./lock-tenant.ts";

/** True if the tenant is suspended and no node runs its sessions. That cannot change until the transaction ends. */
export async function isIdle(sql: Sql, tenantId: string): Promise<boolean> {
  await lockTenant(sql, tenantId);
  const rows = await sql.all<{ idle: number }>(
    `SELECT count(*) AS idle FROM tenants WHERE id = $1 AND status = 'suspended'
       AND NOT EXISTS (SELECT 1 FROM placements WHERE tenant_id = $1 AND owner_incarnation IS NOT NULL)`,
    [tenantId],
  );
  return rows[0]!.idle === 1;
}

/** Tables with many rows of a tenant, and their keys. The audit trail is kept. */
const KEYS = {
  deliveries: "id",
  messages: "seq",
  events: "seq",
  media: "id",
  logins: "id",
  idempotency_keys: "tenant_id, scope, key",
  rollups: "tenant_id, size, start, session_id, metric, cause",
} as const;

export const LARGE_TABLES = Object.keys(KEYS) as (keyof typeof KEYS)[];

/** Deletes at most `limit` of the tenant's rows in this table; returns their number. */
export async function deleteTenantRows(
  sql: Sql,
  table: keyof typeof KEYS,
  tenantId: string,
  limit: number,
): Promise<number> {
  const key = KEYS[table];
  return sql.run(`DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE tenant_id = $1 LIMIT $2)`, [
    tenantId,
    limit,
  ]);
}

/** The ids of all sessions of the tenant, including those being deleted. */
export async function listTenantSessionIds(sql: Sql, tenantId: string): Promise<string[]> {
  return (await sql.all<{ id: string }>("SELECT id FROM sessions WHERE tenant_id = $1", [tenantId])).map(
    ({ id }) => id,
  );
}

/** Small tables whose tenant column is no foreign key, so that their rows are not deleted by a cascade. */
const WITHOUT_REFERENCE = ["usage_counters", "user_sockets"] as const;

/** Deletes the tenant and everything that still belongs to it. */
export async function deleteTenant(sql: Sql, tenantId: string): Promise<void> {
  await sql.run("DELETE FROM event_streams WHERE stream_id = $1", [tenantId]);
  await sql.run("DELETE FROM event_streams WHERE stream_id IN (SELECT id FROM sessions WHERE tenant_id = $1)", [
    tenantId,
  ]);
  await sql.run("DELETE FROM tenants WHERE id = $1", [tenantId]);
  for (const table of WITHOUT_REFERENCE) await sql.run(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
}
