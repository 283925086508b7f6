import type { WebhookFormat } from "../../contracts/webhook-format.ts";
import type { Id } from "../../contracts/ids.ts";
import { id, integer, json, nullable, text } from "./columns.ts";
import { defineModel } from "./model.ts";

export interface WebhookRow {
  readonly id: Id<"webhook">;
  readonly tenant_id: Id<"tenant">;
  readonly url: string;
  /** Event patterns. */
  readonly events: readonly string[];
  /** Session ids; null for all sessions. */
  readonly sessions: readonly string[] | null;
  /** Encrypted JSON of names and values: headers often carry a credential. */
  readonly headers: string;
  readonly description: string;
  /** session: the events of a session arrive in their order. */
  readonly ordering: "none" | "session";
  /** In which form its bodies are written. */
  readonly format: WebhookFormat;
  /** Encrypted. */
  readonly secret: string;
  /** Encrypted; signs beside the current one until `previous_until`. */
  readonly previous_secret: string | null;
  readonly previous_until: number | null;
  readonly status: "enabled" | "disabled";
  readonly disabled_reason: string | null;
  /** The time of the first failure since the last success; null while attempts succeed. */
  readonly failing_since: number | null;
  readonly version: number;
  /** The user or API key with whose permissions it reads events; null for webhooks from before that was recorded. */
  readonly created_by: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export const webhookModel = defineModel<WebhookRow>({
  table: "webhooks",
  tenantColumn: "tenant_id",
  attributes: {
    id,
    tenant_id: text,
    url: text,
    events: json("events"),
    sessions: nullable(json("sessions")),
    headers: text,
    description: text,
    ordering: text,
    format: text,
    secret: text,
    previous_secret: nullable(text),
    previous_until: nullable(integer),
    status: text,
    disabled_reason: nullable(text),
    failing_since: nullable(integer),
    version: integer,
    created_by: nullable(text),
    created_at: integer,
    updated_at: integer,
  },
});
