import type { Sql } from "../../database.ts";
import { lockTenant } from "./lock-tenant.ts";

/** Things of which a tenant may have so many at a time. */
export type Held = "sessions" | "users" | "apiKeys" | "webhooks";

const COUNT: Readonly<Record<Held, string>> = {
  sessions: "SELECT count(*) AS count FROM placements WHERE tenant_id = $1 AND desired <> 'deleted'",
  users: "SELECT count(*) AS count FROM users WHERE tenant_id = $1",
  apiKeys:
    "SELECT count(*) AS count FROM api_keys WHERE tenant_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
  webhooks: "SELECT count(*) AS count FROM webhooks WHERE tenant_id = $1",
};

/** How many the tenant has. In a transaction nobody who asks here as well adds another until it ends. */
export async function countHeld(sql: Sql, held: Held, tenantId: string, now: number): Promise<number> {
  await lockTenant(sql, tenantId);
  const rows = await sql.all<{ count: number }>(COUNT[held], held === "apiKeys" ? [tenantId, now] : [tenantId]);
  return rows[0]!.count;
}
