import type { Sql } from "../../database.ts";

/** Serializes changes of a tenant's resources until the transaction ends. SQLite has only one writer anyway. */
export async function lockTenant(sql: Sql, tenantId: string): Promise<void> {
  if (sql.dialect === "postgres") await sql.all("SELECT id FROM tenants WHERE id = $1 FOR NO KEY UPDATE", [tenantId]);
}
