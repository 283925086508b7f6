import { isOneOf, type Sql } from "../../database.ts";

export interface EndpointSubscription {
  readonly id: string;
  readonly tenantId: string;
  readonly events: readonly string[];
  readonly sessions: readonly string[] | null;
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly ordering: "none" | "session";
}

interface SubscriptionRow {
  id: string;
  tenant_id: string;
  events: string;
  sessions: string | null;
  created_at: number;
  created_by: string | null;
  ordering: "none" | "session";
}

/** The subscriptions of these tenants' enabled endpoints. */
export async function findSubscriptions(sql: Sql, tenantIds: readonly string[]): Promise<EndpointSubscription[]> {
  const rows = await sql.all<SubscriptionRow>(
    `SELECT id, tenant_id, events, sessions, created_at, created_by, ordering FROM webhooks
     WHERE status = 'enabled' AND ${isOneOf(sql, "tenant_id", "$1")}`,
    [tenantIds],
  );
  return rows.map((row) => ({
    id: row.id,
    tenantId: row.tenant_id,
    events: JSON.parse(row.events) as string[],
    sessions: row.sessions === null ? null : (JSON.parse(row.sessions) as string[]),
    createdAt: row.created_at,
    createdBy: row.created_by,
    ordering: row.ordering,
  }));
}

/** Records that an attempt succeeded. The version stays, because this changes nothing that an ETag covers. */
export async function markWorking(sql: Sql, webhookId: string): Promise<void> {
  await sql.run("UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL", [webhookId]);
}

/** Records that an attempt failed, and returns the time of the first failure since the last success. */
export async function markFailing(sql: Sql, webhookId: string, now: number): Promise<number> {
  const rows = await sql.all<{ failing_since: number }>(
    "UPDATE webhooks SET failing_since = COALESCE(failing_since, $2) WHERE id = $1 RETURNING failing_since",
    [webhookId, now],
  );
  return rows[0]?.failing_since ?? now;
}

/** Disables an endpoint; false when it was disabled already. */
export async function disableEndpoint(sql: Sql, webhookId: string, reason: string, now: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE webhooks SET status = 'disabled', disabled_reason = $2, version = version + 1, updated_at = $3
     WHERE id = $1 AND status = 'enabled'`,
    [webhookId, reason, now],
  );
  return changed === 1;
}

/** The position of the first event at or after `since`; undefined when there is none. */
export async function findPositionAt(sql: Sql, since: number): Promise<number | undefined> {
  const rows = await sql.all<{ seq: number | null }>("SELECT min(seq) AS seq FROM events WHERE at >= $1", [since]);
  return rows[0]?.seq ?? undefined;
}
