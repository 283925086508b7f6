/**
 * Creates deliveries from events: one for each endpoint subscribed to the event, in the transaction that advances the
 * reader.
 */
import { matchesPatterns, type EventEnvelope } from "../../contracts/events.ts";
import { createId } from "../../contracts/ids.ts";
import type { Sql } from "../../db/database.ts";
import { insertDeliveries, type NewDelivery } from "../../db/statements/webhooks/deliveries.ts";
import { findSubscriptions, type EndpointSubscription } from "../../db/statements/webhooks/endpoints.ts";
import type { EventWork } from "../../event-log/durable-reader.ts";
import type { LoggedEvent } from "../../db/statements/events/read-events.ts";

/** The delivery of an event to an endpoint, due immediately. */
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

function isSubscribed(endpoint: EndpointSubscription, envelope: EventEnvelope): boolean {
  if (endpoint.tenantId !== envelope.tenantId || endpoint.createdAt > Date.parse(envelope.at)) return false;
  if (
    endpoint.sessions !== null &&
    (envelope.sessionId === undefined || !endpoint.sessions.includes(envelope.sessionId))
  )
    return false;
  return matchesPatterns(envelope.type, endpoint.events);
}

/** Returns the write of these events' deliveries; null when no endpoint is subscribed to any of them. */
export async function fanOut(database: Sql, events: readonly LoggedEvent[]): Promise<EventWork | null> {
  const endpoints = await findSubscriptions(database, [...new Set(events.map(({ envelope }) => envelope.tenantId))]);
  const now = Date.now();
  const deliveries = events.flatMap(({ envelope }) =>
    endpoints
      .filter((endpoint) => isSubscribed(endpoint, envelope))
      .map((endpoint) => toDelivery(endpoint.id, envelope, now)),
  );
  return deliveries.length === 0 ? null : (sql) => insertDeliveries(sql, deliveries);
}
