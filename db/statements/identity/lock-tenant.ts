import type { Sql } from "../../database.ts";

/** Makes changes of what the tenant has wait for each other until the transaction ends; on SQLite there is one writer anyway. */
export async function lockTenant(sql: Sql, tenantId: string): Promise<void> {
  if (sql.dialect === "postgres") await sql.all("SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE", [tenantId]);
}
