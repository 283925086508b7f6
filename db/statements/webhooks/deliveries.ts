import type { Id } from "../../../contracts/ids.ts";
import { isOneOf, type Sql } from "../../database.ts";

export interface DeliveryRow {
  id: Id<"delivery">;
  tenant_id: string;
  webhook_id: string;
  event_id: string;
  event_type: string;
  body: string;
  status: "pending" | "delivered" | "failed";
  attempts: number;
  next_attempt_at: number | null;
  /** When the current claim expires; the value also identifies the claim. 0 when not claimed. */
  locked_until: number;
  /** JSON of the attempts. */
  log: string;
  created_at: number;
  finished_at: number | null;
}

export type NewDelivery = Pick<
  DeliveryRow,
  "id" | "tenant_id" | "webhook_id" | "event_id" | "event_type" | "body" | "created_at"
> & { locked_until?: number; lane?: string | null; position?: number | null };

const INSERT = `INSERT INTO deliveries
  (id, tenant_id, webhook_id, event_id, event_type, body, status, next_attempt_at, locked_until, log, created_at, lane, position)`;

/** Inserts deliveries, due immediately. An endpoint gets at most one delivery of an event; repeats are ignored. */
export async function insertDeliveries(sql: Sql, deliveries: readonly NewDelivery[]): Promise<void> {
  if (sql.dialect === "postgres") {
    await sql.run(
      `${INSERT} SELECT id, tenant_id, webhook_id, event_id, event_type, body, 'pending', created_at, locked_until,
         '[]', created_at, lane, position
       FROM unnest(
         $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[],
         $10::bigint[])
         AS d(id, tenant_id, webhook_id, event_id, event_type, body, created_at, locked_until, lane, position)
       ON CONFLICT (webhook_id, event_id) DO NOTHING`,
      [
        deliveries.map((row) => row.id),
        deliveries.map((row) => row.tenant_id),
        deliveries.map((row) => row.webhook_id),
        deliveries.map((row) => row.event_id),
        deliveries.map((row) => row.event_type),
        deliveries.map((row) => row.body),
        deliveries.map((row) => row.created_at),
        deliveries.map((row) => row.locked_until ?? 0),
        deliveries.map((row) => row.lane ?? null),
        deliveries.map((row) => row.position ?? null),
      ],
    );
    return;
  }
  for (const row of deliveries) {
    await sql.run(
      `${INSERT} VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, '[]', $7, $9, $10)
       ON CONFLICT (webhook_id, event_id) DO NOTHING`,
      [
        row.id,
        row.tenant_id,
        row.webhook_id,
        row.event_id,
        row.event_type,
        row.body,
        row.created_at,
        row.locked_until ?? 0,
        row.lane ?? null,
        row.position ?? null,
      ],
    );
  }
}

/** Endpoints that have due deliveries. */
export async function findDueEndpoints(sql: Sql, now: number): Promise<{ id: string; tenant_id: string }[]> {
  return sql.all(
    `SELECT w.id, w.tenant_id FROM webhooks w WHERE EXISTS (
       SELECT 1 FROM deliveries d
       WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= $1 AND d.locked_until <= $1)`,
    [now],
  );
}

/**
 * Claims up to `limit` due deliveries of an endpoint until `until`, the longest due first. Of deliveries that keep an
 * order only the first that is pending can be claimed, whichever process claims and whether it is due or not.
 */
export async function claimDeliveries(
  sql: Sql,
  claim: { webhookId: string; now: number; until: number; limit: number },
): Promise<DeliveryRow[]> {
  const rows = await sql.all<DeliveryRow>(
    `UPDATE deliveries SET locked_until = $3 WHERE id IN (
       SELECT d.id FROM deliveries d
       WHERE d.webhook_id = $1 AND d.status = 'pending' AND d.next_attempt_at <= $2 AND d.locked_until <= $2
         AND (d.lane IS NULL OR NOT EXISTS (
           SELECT 1 FROM deliveries e WHERE e.webhook_id = $1 AND e.lane = d.lane AND e.status = 'pending'
             AND e.position < d.position))
       ORDER BY d.next_attempt_at, d.id LIMIT $4
       ${sql.dialect === "postgres" ? "FOR UPDATE SKIP LOCKED" : ""}) RETURNING *`,
    [claim.webhookId, claim.now, claim.until, claim.limit],
  );
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export interface DeliveryOutcome {
  readonly id: string;
  /** `locked_until` of the claim under which the attempt was made; a newer claim makes this outcome void. */
  readonly claim: number;
  readonly status: DeliveryRow["status"];
  readonly attempts: number;
  readonly nextAttemptAt: number | null;
  readonly log: string;
  readonly finishedAt: number | null;
}

/** Writes the outcome of an attempt and releases the delivery. False when the claim expired and was taken over. */
export async function finishDelivery(sql: Sql, outcome: DeliveryOutcome): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE deliveries
     SET status = $3, attempts = $4, next_attempt_at = $5, locked_until = 0, log = $6, finished_at = $7
     WHERE id = $1 AND locked_until = $2 AND status = 'pending'`,
    [
      outcome.id,
      outcome.claim,
      outcome.status,
      outcome.attempts,
      outcome.nextAttemptAt,
      outcome.log,
      outcome.finishedAt,
    ],
  );
  return changed === 1;
}

/** Releases a claimed delivery unchanged. */
export async function releaseDelivery(sql: Sql, id: string, claim: number): Promise<void> {
  await sql.run("UPDATE deliveries SET locked_until = 0 WHERE id = $1 AND locked_until = $2", [id, claim]);
}

/** A delivery of the tenant. */
export async function findDelivery(sql: Sql, tenantId: string, id: string): Promise<DeliveryRow | undefined> {
  return (await sql.all<DeliveryRow>("SELECT * FROM deliveries WHERE tenant_id = $1 AND id = $2", [tenantId, id]))[0];
}

/** Deliveries of an endpoint, newest first, before the given one. */
export async function listDeliveries(
  sql: Sql,
  filter: { tenantId: string; webhookId: string; status: string | null; before: string | null; limit: number },
): Promise<DeliveryRow[]> {
  return sql.all<DeliveryRow>(
    `SELECT * FROM deliveries WHERE tenant_id = $1 AND webhook_id = $2 AND (CAST($3 AS TEXT) IS NULL OR status = $3)
       AND (CAST($4 AS TEXT) IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
    [filter.tenantId, filter.webhookId, filter.status, filter.before, filter.limit],
  );
}

/** Restarts a delivery's schedule, whatever its outcome so far. */
export async function restartDelivery(sql: Sql, tenantId: string, id: string, now: number): Promise<void> {
  await sql.run(
    `UPDATE deliveries
     SET status = 'pending', attempts = 0, next_attempt_at = $3, locked_until = 0, finished_at = NULL
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, now],
  );
}

/** Restarts an endpoint's failed deliveries of events of these types, created in this time; returns their number. */
export async function restartFailed(
  sql: Sql,
  which: { tenantId: string; webhookId: string; since: number; until: number; types: readonly string[] },
  now: number,
): Promise<number> {
  return sql.run(
    `UPDATE deliveries
     SET status = 'pending', attempts = 0, next_attempt_at = $6, locked_until = 0, finished_at = NULL
     WHERE tenant_id = $1 AND webhook_id = $2 AND status = 'failed' AND created_at >= $3 AND created_at <= $4
       AND ${isOneOf(sql, "event_type", "$5")}`,
    [which.tenantId, which.webhookId, which.since, which.until, which.types, now],
  );
}

/** Restarts the endpoint's deliveries of these events; returns the ids of events that have no delivery yet. */
export async function restartByEvents(
  sql: Sql,
  webhookId: string,
  eventIds: readonly string[],
  now: number,
): Promise<Set<string>> {
  const known = await sql.all<{ event_id: string }>(
    `UPDATE deliveries
     SET status = 'pending', attempts = 0, next_attempt_at = $3, locked_until = 0, finished_at = NULL
     WHERE webhook_id = $1 AND ${isOneOf(sql, "event_id", "$2")} RETURNING event_id`,
    [webhookId, eventIds, now],
  );
  const missing = new Set(eventIds);
  for (const { event_id: eventId } of known) missing.delete(eventId);
  return missing;
}

/** Fails all pending deliveries of a disabled endpoint. */
export async function failPending(sql: Sql, webhookId: string, now: number): Promise<void> {
  await sql.run(
    `UPDATE deliveries SET status = 'failed', next_attempt_at = NULL, finished_at = $2
     WHERE webhook_id = $1 AND status = 'pending'`,
    [webhookId, now],
  );
}

/** Deletes at most `limit` deliveries finished before `before`; returns their number. */
export async function removeOldDeliveries(sql: Sql, before: number, limit: number): Promise<number> {
  return sql.run("DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE finished_at < $1 LIMIT $2)", [
    before,
    limit,
  ]);
}
