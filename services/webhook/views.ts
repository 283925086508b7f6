/** Rows as the API returns them, without secrets and header values. */
import type { EventType } from "../../contracts/events.ts";
import type { Delivery, Webhook } from "../../contracts/routes/webhook.ts";
import type { WebhookRow } from "../../db/models/webhook.ts";
import type { DeliveryRow } from "../../db/statements/webhooks/deliveries.ts";
import type { Secrets } from "../../mixins/secrets.ts";
import { attemptsOf } from "./attempt.ts";
import { openHeaders } from "./endpoint.ts";

function timeOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function viewWebhook(secrets: Secrets, row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: [...row.events],
    sessions: row.sessions === null ? null : [...row.sessions],
    headers: Object.keys(openHeaders(secrets, row)),
    description: row.description,
    ordering: row.ordering,
    format: row.format,
    status: row.status,
    disabledReason: row.disabled_reason as Webhook["disabledReason"],
    failingSince: timeOrNull(row.failing_since),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

export function viewDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    eventType: row.event_type as EventType,
    status: row.status,
    attempts: attemptsOf(row),
    nextAttemptAt: row.status === "pending" ? timeOrNull(row.next_attempt_at) : null,
    createdAt: new Date(row.created_at).toISOString(),
    finishedAt: timeOrNull(row.finished_at),
  };
}
