import type { Sql } from "../../database.ts";
import { lockTenant } from "./lock-tenant.ts";

/** Resources whose number a quota limits. */
export type Limited = "sessions" | "users" | "apiKeys" | "webhooks";

const COUNT: Readonly<Record<Limited, string>> = {
  sessions: "SELECT count(*) AS count FROM placements WHERE tenant_id = $1 AND desired <> 'deleted'",
  users: "SELECT count(*) AS count FROM users WHERE tenant_id = $1",
  apiKeys: `SELECT count(*) AS count FROM api_keys
    WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
  webhooks: "SELECT count(*) AS count FROM webhooks WHERE tenant_id = $1",
};

/** How many of the resource the tenant has. In a transaction, other callers of this function wait until it ends. */
export async function countLimited(sql: Sql, resource: Limited, tenantId: string, now: number): Promise<number> {
  await lockTenant(sql, tenantId);
  const rows = await sql.all<{ count: number }>(COUNT[resource], resource === "apiKeys" ? [tenantId, now] : [tenantId]);
  return rows[0]!.count;
}
