import type { Id } from "../../contracts/ids.ts";
import { defineTable } from "./table.ts";

export interface WebhookRow {
  readonly id: Id<"webhook">;
  readonly tenantId: Id<"tenant">;
  readonly url: string;
  readonly events: readonly string[];
  readonly sessions: readonly string[] | null;
  /** Sealed JSON of name and value: they often carry a credential. */
  readonly headers: string;
  readonly description: string;
  /** Sealed. */
  readonly secret: string;
  /** Sealed; signs beside the new one until `previousUntil`. */
  readonly previousSecret: string | null;
  readonly previousUntil: number | null;
  readonly status: "enabled" | "disabled";
  readonly disabledReason: string | null;
  /** Since when no attempt has succeeded; null while they do. */
  readonly failingSince: number | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const webhookTable = defineTable<WebhookRow>({
  name: "webhooks",
  columns: {
    id: "text",
    tenantId: "text",
    url: "text",
    events: "json",
    sessions: "json",
    headers: "text",
    description: "text",
    secret: "text",
    previousSecret: "text",
    previousUntil: "integer",
    status: "text",
    disabledReason: "text",
    failingSince: "integer",
    version: "integer",
    createdAt: "integer",
    updatedAt: "integer",
  },
});
