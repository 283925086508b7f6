/** From events to deliveries: one for each endpoint that wants the event, written in the transaction that moves the reader on. */
import { matchesPatterns, type EventEnvelope } from "../../contracts/events.ts";
import { createId } from "../../contracts/ids.ts";
import type { Sql } from "../../db/database.ts";
import { insertDeliveries, type NewDelivery } from "../../db/statements/webhooks/deliveries.ts";
import { findInterests, type EndpointInterest } from "../../db/statements/webhooks/endpoints.ts";
import type { EventWork } from "../../event-log/durable-reader.ts";
import type { LoggedEvent } from "../../db/statements/events/read-events.ts";

/** The delivery of an event to an endpoint, due at once. */
export function toDelivery(webhookId: string, envelope: EventEnvelope, now: number): NewDelivery {
  return {
    id: createId("delivery"),
    tenant_id: envelope.tenantId,
    webhook_id: webhookId,
    event_id: envelope.id,
    event_type: envelope.type,
    body: JSON.stringify(envelope),
    created_at: now,
  };
}

function wants(endpoint: EndpointInterest, envelope: EventEnvelope): boolean {
  if (endpoint.tenantId !== envelope.tenantId || endpoint.createdAt > Date.parse(envelope.at)) return false;
  if (
    endpoint.sessions !== null &&
    (envelope.sessionId === undefined || !endpoint.sessions.includes(envelope.sessionId))
  )
    return false;
  return matchesPatterns(envelope.type, endpoint.events);
}

/** The deliveries of these events, to be written; null when no endpoint wants any of them. */
export async function fanOut(database: Sql, events: readonly LoggedEvent[]): Promise<EventWork | null> {
  const endpoints = await findInterests(database, [...new Set(events.map(({ envelope }) => envelope.tenantId))]);
  const now = Date.now();
  const deliveries = events.flatMap(({ envelope }) =>
    endpoints.filter((endpoint) => wants(endpoint, envelope)).map((endpoint) => toDelivery(endpoint.id, envelope, now)),
  );
  return deliveries.length === 0 ? null : (sql) => insertDeliveries(sql, deliveries);
}
