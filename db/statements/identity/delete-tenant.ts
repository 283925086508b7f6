import type { Sql } from "../../database.ts";
import { lockTenant } from "./lock-tenant.ts";

/** Whether the tenant is suspended and no node runs any of its sessions; what changes that waits until the transaction ends. */
export async function isAtRest(sql: Sql, tenantId: string): Promise<boolean> {
  await lockTenant(sql, tenantId);
  const rows = await sql.all<{ at_rest: number }>(
    `SELECT count(*) AS at_rest FROM tenants WHERE id = $1 AND status = 'suspended'
       AND NOT EXISTS (SELECT 1 FROM placements WHERE tenant_id = $1 AND owner_incarnation IS NOT NULL)`,
    [tenantId],
  );
  return rows[0]!.at_rest === 1;
}

/** Tables that hold much of a tenant, with their keys. The audit trail stays. */
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

/** Deletes what the tenant has in this table, at most `limit` rows; their number. */
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

/** The ids of all sessions of the tenant, also of those that are being deleted. */
export async function listTenantSessionIds(sql: Sql, tenantId: string): Promise<string[]> {
  return (await sql.all<{ id: string }>("SELECT id FROM sessions WHERE tenant_id = $1", [tenantId])).map(
    ({ id }) => id,
  );
}

/** Small tables that name the tenant without a reference that would delete their rows with it. */
const BESIDES = ["usage_counters", "user_sockets"] as const;

/** Deletes the tenant with all that still belongs to it. */
export async function deleteTenant(sql: Sql, tenantId: string): Promise<void> {
  await sql.run("DELETE FROM event_streams WHERE stream_id = $1", [tenantId]);
  await sql.run("DELETE FROM event_streams WHERE stream_id IN (SELECT id FROM sessions WHERE tenant_id = $1)", [
    tenantId,
  ]);
  await sql.run("DELETE FROM tenants WHERE id = $1", [tenantId]);
  for (const table of BESIDES) await sql.run(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
}
