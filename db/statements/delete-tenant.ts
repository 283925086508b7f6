import type { Sql } from "../database.ts";

/** Sessions of the tenant that some node runs at the moment. */
export async function countRunningSessions(sql: Sql, tenantId: string): Promise<number> {
  const rows = await sql.all<{ running: number }>("SELECT count(*) AS running FROM placements WHERE tenant_id = $1 AND owner_incarnation IS NOT NULL", [
    tenantId,
  ]);
  return rows[0]!.running;
}

/** Tables that name the tenant without a reference that would delete their rows with it. The audit trail stays. */
const BESIDES = ["media", "events", "idempotency_keys", "usage_counters", "rollups", "user_sockets"] as const;

/** Deletes the tenant and everything that belongs to it. */
export async function deleteTenant(sql: Sql, tenantId: string): Promise<void> {
  await sql.run("DELETE FROM tenants WHERE id = $1", [tenantId]);
  for (const table of BESIDES) await sql.run(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
}
