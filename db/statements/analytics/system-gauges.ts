import type { Sql } from "../../database.ts";

export interface QueueGauges {
  /** Outbound messages that are not final. Only what is queued is told apart by its stored priority. */
  readonly depths: readonly { readonly status: string; readonly priority: number | null; readonly count: number }[];
  /** By stored priority since when the first of the queued messages waits, in ms. */
  readonly oldest: readonly { readonly priority: number; readonly at: number }[];
}

/** One count for each status, so that each is answered from its partial index however long the table is. */
const DEPTHS = [
  "SELECT 'queued' AS status, priority, count(*) AS count FROM messages WHERE status = 'queued' GROUP BY priority",
  "SELECT 'scheduled', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status = 'scheduled'",
  "SELECT 'retrying', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status = 'retrying'",
  "SELECT 'sending', CAST(NULL AS BIGINT), count(*) FROM messages WHERE status IN ('sending', 'reconciling')",
].join(" UNION ALL ");

/** The first by number stands for the oldest: the index knows it, and nothing else has to be read. */
const OLDEST = `SELECT m.priority, coalesce(m.send_at, m.created_at) AS at
  FROM (SELECT min(seq) AS seq FROM messages WHERE status = 'queued' GROUP BY priority) first JOIN messages m ON m.seq = first.seq`;

/** How long the queue of the whole system is. */
export async function readQueueGauges(sql: Sql): Promise<QueueGauges> {
  return { depths: await sql.all(DEPTHS), oldest: await sql.all(OLDEST) };
}

/** Deliveries of the whole system that wait, and when the oldest of them was made (ms; null when there is none). */
export async function readDeliveryGauges(sql: Sql): Promise<{ backlog: number; oldest: number | null }> {
  const rows = await sql.all<{ backlog: number; oldest: number | null }>(
    "SELECT count(*) AS backlog, min(created_at) AS oldest FROM deliveries WHERE status = 'pending'",
  );
  return rows[0]!;
}

/** Unix ms of the latest backup of the installation, and of the latest check that one has passed; null for never. */
export async function readBackupGauges(sql: Sql): Promise<{ finished: number | null; verified: number | null }> {
  const rows = await sql.all<{ finished: number | null; verified: number | null }>(
    "SELECT max(finished_at) AS finished, max(verified_at) AS verified FROM backups WHERE kind = 'installation' AND status = 'finished'",
  );
  return rows[0]!;
}

/** Seconds that the oldest transaction in this PostgreSQL database has lasted. */
export async function readHorizonAge(sql: Sql): Promise<number> {
  const rows = await sql.all<{ age: number }>(
    `SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start)), 0)::float8 AS age
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)`,
  );
  return rows[0]!.age;
}

/** Tenants of platform administrators: whom the system's own alerts are told to. */
export async function findPlatformTenants(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ tenant_id: string }>("SELECT DISTINCT tenant_id FROM users WHERE platform_admin = 1");
  return rows.map((row) => row.tenant_id);
}
