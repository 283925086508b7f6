import type { BucketSize, Metric } from "../../../contracts/analytics.ts";
import type { Sql } from "../../database.ts";

/** A count of events of one kind in one bucket. */
export interface Rollup {
  readonly tenantId: string;
  readonly size: BucketSize;
  /** Start of the bucket, in Unix ms. */
  readonly start: number;
  readonly sessionId: string;
  readonly metric: Metric;
  /** The error's code; empty for events without one. */
  readonly cause: string;
  readonly count: number;
  /** Time of the last event counted, in Unix ms. */
  readonly lastAt: number;
}

const FIELDS = [
  "tenantId",
  "size",
  "start",
  "sessionId",
  "metric",
  "cause",
  "count",
  "lastAt",
] as const satisfies readonly (keyof Rollup)[];
const COLUMNS = "tenant_id, size, start, session_id, metric, cause, count, last_at";
const ADD = `ON CONFLICT (tenant_id, size, start, session_id, metric, cause) DO UPDATE
  SET count = rollups.count + excluded.count,
  last_at = CASE WHEN excluded.last_at > rollups.last_at THEN excluded.last_at ELSE rollups.last_at END`;
const ONE = `INSERT INTO rollups (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ${ADD}`;
const MANY = `INSERT INTO rollups (${COLUMNS})
  SELECT * FROM unnest(
    $1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[]) ${ADD}`;

/** Adds to the counts, at most once per key; in the order of the keys, so that concurrent writers do not deadlock. */
export async function addRollups(sql: Sql, rollups: readonly Rollup[]): Promise<void> {
  const keyOf = (row: Rollup) => `${row.tenantId} ${row.size} ${row.start} ${row.sessionId} ${row.metric} ${row.cause}`;
  const sorted = rollups.map((row) => [keyOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  if (sql.dialect === "postgres") {
    await sql.run(
      MANY,
      FIELDS.map((field) => sorted.map(([, row]) => row[field])),
    );
    return;
  }
  for (const [, row] of sorted) {
    await sql.run(
      ONE,
      FIELDS.map((field) => row[field]),
    );
  }
}

/** Removes at most `limit` buckets of this size that started before `before` (Unix ms); returns their number. */
export async function removeOldRollups(sql: Sql, size: BucketSize, before: number, limit: number): Promise<number> {
  const key = "tenant_id, size, start, session_id, metric, cause";
  return sql.run(
    `DELETE FROM rollups WHERE (${key}) IN (SELECT ${key} FROM rollups WHERE size = $1 AND start < $2 LIMIT $3)`,
    [size, before, limit],
  );
}
