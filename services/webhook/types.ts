/** What the webhook service's actions find in `this`. */
import type { Service } from "moleculer";
import type { webhookTable } from "../../db/models/webhook.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { EventReader } from "../../event-log/reader.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";
import type { Dispatcher } from "./dispatcher.ts";

export interface WebhookSettings {
  /** ms between the attempts of a delivery; there is one attempt more than there are delays. */
  retryDelays: readonly number[];
  /** ms between looks for what is due. */
  interval: number;
  /** ms for one attempt. */
  timeout: number;
}

export interface WebhookLocals
  extends DatabaseLocals, SecretsLocals, TableLocals<{ readonly webhooks: typeof webhookTable }> {
  dispatcher: Dispatcher;
  reader: EventReader;
  cleaner: Poller;
}

export type WebhookService = Service<WebhookSettings> & WebhookLocals;
