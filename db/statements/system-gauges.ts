import type { Sql } from "../database.ts";

export interface SystemGauges {
  /** Outbound messages by stored status, those that are not final. */
  readonly queue: readonly { readonly status: string; readonly count: number }[];
  /** When the oldest queued message was accepted, in ms; null for an empty queue. */
  readonly oldestQueued: number | null;
  readonly webhookBacklog: number;
}

/** One count for each status, so that each is answered from its partial index however long the table is. */
const QUEUE = [
  "SELECT 'scheduled' AS status, count(*) AS count FROM messages WHERE status = 'scheduled'",
  "SELECT 'queued', count(*) FROM messages WHERE status = 'queued'",
  "SELECT 'retrying', count(*) FROM messages WHERE status = 'retrying'",
  "SELECT 'sending', count(*) FROM messages WHERE status IN ('sending', 'reconciling')",
].join(" UNION ALL ");

/** What metrics tell of the whole system. */
export async function readSystemGauges(sql: Sql): Promise<SystemGauges> {
  const queue = await sql.all<{ status: string; count: number }>(QUEUE);
  const oldest = await sql.all<{ at: number | null }>("SELECT min(created_at) AS at FROM messages WHERE status = 'queued'");
  const backlog = await sql.all<{ count: number }>("SELECT count(*) AS count FROM deliveries WHERE status = 'pending'");
  return { queue, oldestQueued: oldest[0]?.at ?? null, webhookBacklog: backlog[0]?.count ?? 0 };
}

/** Tenants of platform administrators: whom the system's own alerts are told to. */
export async function findPlatformTenants(sql: Sql): Promise<string[]> {
  const rows = await sql.all<{ tenant_id: string }>("SELECT DISTINCT tenant_id FROM users WHERE platform_admin = 1");
  return rows.map((row) => row.tenant_id);
}
