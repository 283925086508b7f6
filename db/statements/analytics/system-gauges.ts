import type { Sql } from "../../database.ts";

export interface QueueGauges {
  /** Outbound messages that are not final. Only queued ones are counted by stored priority. */
  readonly depths: readonly { readonly status: string; readonly priority: number | null; readonly count: number }[];
  /** By stored priority, since when the oldest queued message waits, in Unix ms. */
  readonly oldest: readonly { readonly priority: number; readonly at: number }[];
}

/** One count for each status, so that each is answered from its partial index, whatever the size of the table. */
const DEPTHS = [
  "SELECT 'queued' AS status, priority, count(*) AS count FROM messages WHERE status = 'queued' GROUP BY priority",
  "SELECT 'scheduled', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status = 'scheduled'",
  "SELECT 'retrying', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status = 'retrying'",
  "SELECT 'sending', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status IN ('sending', 'reconciling')",
].join(" UNION ALL ");

/** The message with the lowest number counts as the oldest: the index finds it without reading any others. */
const OLDEST = `SELECT m.priority, coalesce(m.send_at, m.created_at) AS at
  FROM (SELECT min(seq) AS seq FROM messages WHERE status = 'queued' GROUP BY priority) first
  JOIN messages m ON m.seq = first.seq`;

/** The depth of the queue of the whole system, and the age of its oldest messages. */
export async function readQueueGauges(sql: Sql): Promise<QueueGauges> {
  return { depths: await sql.all(DEPTHS), oldest: await sql.all(OLDEST) };
}

/** The pending deliveries of the whole system, and when the oldest was created (Unix ms; null when there is none). */
export async function readDeliveryGauges(sql: Sql): Promise<{ backlog: number; oldest: number | null }> {
  const rows = await sql.all<{ backlog: number; oldest: number | null }>(
    "SELECT count(*) AS backlog, min(created_at) AS oldest FROM deliveries WHERE status = 'pending'",
  );
  return rows[0]!;
}

/** Unix ms of the installation's latest finished backup and of the latest successful verification; null for never. */
export async function readBackupGauges(sql: Sql): Promise<{ finished: number | null; verified: number | null }> {
  const rows = await sql.all<{ finished: number | null; verified: number | null }>(
    `SELECT max(finished_at) AS finished, max(verified_at) AS verified FROM backups
     WHERE kind = 'installation' AND status = 'finished'`,
  );
  return rows[0]!;
}

/** Age of the oldest transaction in this PostgreSQL database, in seconds. */
export async function readHorizonAge(sql: Sql): Promise<number> {
  const rows = await sql.all<{ age: number }>(
    `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 AS age
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)`,
  );
  return rows[0]!.age;
}

/** The tenants of platform administrators, which receive the system's alerts. */
export async function findPlatformTenants(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ tenant_id: string }>("SELECT DISTINCT tenant_id FROM users WHERE platform_admin = 1");
  return rows.map((row) => row.tenant_id);
}
