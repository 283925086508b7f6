import type { Sql } from "../../database.ts";

export interface UsageChange {
  readonly tenantId: string;
  readonly metric: string;
  /** A day such as 2026-01-31. */
  readonly period: string;
  readonly by: number;
}

/** Adds to a tenant's counter and returns its new value. */
export async function addUsage(sql: Sql, change: UsageChange): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `INSERT INTO usage_counters (tenant_id, metric, period, count) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, metric, period) DO UPDATE SET count = usage_counters.count + excluded.count
     RETURNING count`,
    [change.tenantId, change.metric, change.period, change.by],
  );
  return rows[0]!.count;
}
