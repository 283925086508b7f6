import type { Sql } from "../../database.ts";

export interface TenantUsage {
  sessions: number;
  sessions_connected: number;
  users: number;
  api_keys: number;
  webhooks: number;
  media_bytes: number;
}

/** Counts the resources that the tenant uses now. */
export async function countTenantResources(sql: Sql, tenantId: string, now: number): Promise<TenantUsage> {
  const rows = await sql.all<TenantUsage>(
    `SELECT (SELECT count(*) FROM placements WHERE tenant_id = $1 AND desired <> 'deleted') AS sessions,
            (SELECT count(*) FROM sessions WHERE tenant_id = $1 AND state = 'connected') AS sessions_connected,
            (SELECT count(*) FROM users WHERE tenant_id = $1) AS users,
            (SELECT count(*) FROM api_keys WHERE tenant_id = $1 AND revoked_at IS NULL
               AND (expires_at IS NULL OR expires_at > $2)) AS api_keys,
            (SELECT count(*) FROM webhooks WHERE tenant_id = $1) AS webhooks,
            (SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) FROM media WHERE tenant_id = $1) AS media_bytes`,
    [tenantId, now],
  );
  return rows[0]!;
}

/**
 * The messages of the tenant that WhatsApp has accepted, and those received, since the day that starts at `since`.
 * Read from the rollups, which are a few seconds behind.
 */
export async function countMessagesSince(
  sql: Sql,
  tenantId: string,
  since: number,
): Promise<{ sent: number; received: number }> {
  const rows = await sql.all<{ metric: "sent" | "received"; count: number }>(
    `SELECT metric, CAST(sum(count) AS BIGINT) AS count FROM rollups
     WHERE tenant_id = $1 AND size = 'day' AND start >= $2 AND metric IN ('sent', 'received') GROUP BY metric`,
    [tenantId, since],
  );
  const countOf = (wanted: "sent" | "received") => rows.find(({ metric }) => metric === wanted)?.count ?? 0;
  return { sent: countOf("sent"), received: countOf("received") };
}

/** The value of a tenant's counter for a period such as 2026-01-31; 0 when nothing was counted. */
export async function readCounter(sql: Sql, tenantId: string, metric: string, period: string): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    "SELECT count FROM usage_counters WHERE tenant_id = $1 AND metric = $2 AND period = $3",
    [tenantId, metric, period],
  );
  return rows[0]?.count ?? 0;
}
