import type { TenantRow } from "../../models/tenant.ts";
import type { Sql } from "../../database.ts";

/** Writes the tenant back, when it is still of the version that was read. */
export async function saveTenant(sql: Sql, tenant: TenantRow, now: number): Promise<boolean> {
  const { id, version, name, plan, status, quotas, settings } = tenant;
  const changed = await sql.run(
    `UPDATE tenants SET name = $3, plan = $4, status = $5, quotas = $6, settings = $7, version = version + 1, updated_at = $8 WHERE id = $1 AND version = $2`,
    [id, version, name, plan, status, JSON.stringify(quotas), JSON.stringify(settings), now],
  );
  return changed === 1;
}
