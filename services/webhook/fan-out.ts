/**
 * Creates deliveries from events: one for each endpoint subscribed to the event, in the transaction that advances the
 * reader.
 */
import { systemNow } from "../../concurrency/clock.ts";
import { matchesPatterns, type EventEnvelope, type LogEntry } from "../../contracts/events.ts";
import { toEnvelope } from "../../access/cursor.ts";
import { mayReadEvent } from "../../access/event-scope.ts";
import type { Makers } from "../../access/makers.ts";
import { createId } from "../../contracts/ids.ts";
import type { Sql } from "../../db/database.ts";
import { insertDeliveries, type NewDelivery } from "../../db/statements/webhooks/deliveries.ts";
import { findSubscriptions, type EndpointSubscription } from "../../db/statements/webhooks/endpoints.ts";
import type { EventWork } from "../../event-log/durable-reader.ts";
import type { LoggedEvent } from "../../db/statements/events/read-events.ts";
import type { Secrets } from "../../mixins/secrets.ts";

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

function isSubscribed(endpoint: EndpointSubscription, envelope: LogEntry): boolean {
  if (endpoint.tenantId !== envelope.tenantId || endpoint.createdAt > Date.parse(envelope.at)) return false;
  if (
    endpoint.sessions !== null &&
    (envelope.sessionId === undefined || !endpoint.sessions.includes(envelope.sessionId))
  )
    return false;
  return matchesPatterns(envelope.type, endpoint.events);
}

/** What an ordered delivery waits for: the earlier ones of the same session, or of the tenant's own events. */
function laneOf({ envelope, position }: LoggedEvent): Pick<NewDelivery, "lane" | "position"> {
  return { lane: envelope.sessionId ?? envelope.tenantId, position };
}

export interface FanOutTools {
  readonly database: Sql;
  readonly secrets: Secrets;
  readonly makers: Pick<Makers, "rightsOf">;
  /** Called for an endpoint whose maker has no rights any more. */
  readonly onMakerGone: (endpoint: EndpointSubscription) => void;
}

/**
 * Returns the write of these events' deliveries; null when no endpoint is subscribed to any of them, or when no maker
 * may read what its endpoint is subscribed to.
 */
export async function fanOut(tools: FanOutTools, events: readonly LoggedEvent[]): Promise<EventWork | null> {
  const tenants = [...new Set(events.map(({ envelope }) => envelope.tenantId))];
  const now = systemNow();
  const deliveries: NewDelivery[] = [];
  for (const endpoint of await findSubscriptions(tools.database, tenants)) {
    const wanted = events.filter(({ envelope }) => isSubscribed(endpoint, envelope));
    if (wanted.length === 0) continue;
    const rights = await tools.makers.rightsOf(endpoint);
    if (rights === null) tools.onMakerGone(endpoint);
    else
      deliveries.push(
        ...wanted
          .filter(({ envelope }) => mayReadEvent(rights, envelope))
          .map((event) => ({
            ...toDelivery(endpoint.id, toEnvelope(tools.secrets, event), now),
            ...(endpoint.ordering === "session" ? laneOf(event) : {}),
          })),
      );
  }
  return deliveries.length === 0 ? null : (sql) => insertDeliveries(sql, deliveries);
}
