import type { BucketSize, Metric } from "../../../contracts/analytics.ts";
import type { SessionState } from "../../../contracts/states.ts";
import type { Sql } from "../../database.ts";

/** The sessions whose counts are read. */
export interface AnalyticsScope {
  readonly tenantId: string;
  /** Session ids; null for all. */
  readonly sessions: readonly string[] | null;
}

/** A time range of whole buckets of one size, in Unix ms; `until` is exclusive. */
export interface BucketRange {
  readonly size: BucketSize;
  readonly from: number;
  readonly until: number;
}

/** The condition of a scope and a range of buckets: parameters 1 to 5. */
function within(sql: Sql): string {
  const listed = sql.dialect === "postgres" ? "= ANY(CAST($5 AS TEXT[]))" : "IN (SELECT value FROM json_each($5))";
  const isUnlimited = sql.dialect === "postgres" ? "CAST($5 AS TEXT[]) IS NULL" : "$5 IS NULL";
  return `tenant_id = $1 AND size = $2 AND start >= $3 AND start < $4 AND (${isUnlimited} OR session_id ${listed})`;
}

function parametersOf(scope: AnalyticsScope, range: BucketRange): unknown[] {
  return [scope.tenantId, range.size, range.from, range.until, scope.sessions];
}

export interface SessionCount {
  session_id: string;
  metric: Metric;
  count: number;
  last_at: number;
}

/** Counts by session and metric. */
export async function sumBySession(sql: Sql, scope: AnalyticsScope, range: BucketRange): Promise<SessionCount[]> {
  return sql.all(
    `SELECT session_id, metric, CAST(sum(count) AS BIGINT) AS count, max(last_at) AS last_at FROM rollups
     WHERE ${within(sql)} GROUP BY session_id, metric`,
    parametersOf(scope, range),
  );
}

export interface CauseCount {
  metric: "failed" | "expired";
  cause: string;
  count: number;
  last_at: number;
}

/** Counts of messages that failed or expired, by cause. */
export async function sumByCause(sql: Sql, scope: AnalyticsScope, range: BucketRange): Promise<CauseCount[]> {
  return sql.all(
    `SELECT metric, cause, CAST(sum(count) AS BIGINT) AS count, max(last_at) AS last_at FROM rollups
     WHERE ${within(sql)} AND metric IN ('failed', 'expired') GROUP BY metric, cause`,
    parametersOf(scope, range),
  );
}

/** Counts of one metric by bucket, in order; buckets without any are left out. */
export async function sumByBucket(
  sql: Sql,
  scope: AnalyticsScope,
  range: BucketRange,
  metric: Metric,
): Promise<{ start: number; count: number }[]> {
  return sql.all(
    `SELECT start, CAST(sum(count) AS BIGINT) AS count FROM rollups
     WHERE ${within(sql)} AND metric = $6 GROUP BY start ORDER BY start`,
    [...parametersOf(scope, range), metric],
  );
}

/** The start of the first day for which the tenant has counts, in Unix ms; null when it has none. */
export async function findFirstDay(sql: Sql, tenantId: string): Promise<number | null> {
  const rows = await sql.all<{ start: number | null }>(
    "SELECT min(start) AS start FROM rollups WHERE tenant_id = $1 AND size = 'day'",
    [tenantId],
  );
  return rows[0]?.start ?? null;
}

/** The names and states of the scope's sessions. */
export async function listSessionNames(
  sql: Sql,
  scope: AnalyticsScope,
): Promise<{ id: string; name: string; state: SessionState }[]> {
  const listed = sql.dialect === "postgres" ? "= ANY(CAST($2 AS TEXT[]))" : "IN (SELECT value FROM json_each($2))";
  const isUnlimited = sql.dialect === "postgres" ? "CAST($2 AS TEXT[]) IS NULL" : "$2 IS NULL";
  return sql.all(
    `SELECT s.id, s.name, s.state FROM sessions s JOIN placements p ON p.session_id = s.id
     WHERE s.tenant_id = $1 AND p.desired <> 'deleted' AND (${isUnlimited} OR s.id ${listed})`,
    [scope.tenantId, scope.sessions],
  );
}

/** The tenant's settings, as JSON. */
export async function findTenantSettings(sql: Sql, tenantId: string): Promise<string> {
  return (
    (await sql.all<{ settings: string }>("SELECT settings FROM tenants WHERE id = $1", [tenantId]))[0]?.settings ?? "{}"
  );
}
