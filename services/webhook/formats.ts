/** The forms of a delivery's body. What is stored is the event; it is written in the endpoint's form for each attempt. */
import { toWppconnect } from "../../compat/wppconnect/events.ts";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Sql } from "../../db/database.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import { findSessionName } from "../../db/statements/sessions/find-name.ts";
import type { DeliveryRow } from "../../db/statements/webhooks/deliveries.ts";
import type { WrittenBody } from "./attempt.ts";

/** The event in CloudEvents' structured mode, with its own data unchanged. */
function toCloudEvent({ id, type, at, tenantId, sessionId, sequence, cursor, data }: EventEnvelope): object {
  return {
    specversion: "1.0",
    id,
    type,
    source: sessionId === undefined ? `/tenants/${tenantId}` : `/sessions/${sessionId}`,
    time: at,
    datacontenttype: "application/json",
    // CloudEvents' own extension for events in an order.
    sequence: String(sequence),
    cursor,
    data,
  };
}

/** Writes bodies in the form of their endpoint. */
export function createWriter(
  database: Sql,
): (endpoint: WebhookRow, delivery: DeliveryRow) => Promise<WrittenBody | null> {
  return async ({ format }, { body, tenant_id: tenantId }) => {
    if (format === "standard") return { text: body, type: "application/json" };
    const envelope = JSON.parse(body) as EventEnvelope;
    if (format === "cloudevents")
      return { text: JSON.stringify(toCloudEvent(envelope)), type: "application/cloudevents+json" };
    const session =
      envelope.sessionId === undefined ? null : await findSessionName(database, tenantId, envelope.sessionId);
    const written = session === null ? null : await toWppconnect(envelope, session);
    return written === null ? null : { text: JSON.stringify(written), type: "application/json" };
  };
}
