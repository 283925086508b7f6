/** `this` of the webhook service's actions. */
import type { Service } from "moleculer";
import type { webhookModel } from "../../db/models/webhook.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Makers } from "../../access/makers.ts";
import type { EventReader } from "../../event-log/reader.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { ReadSideLocals } from "../../mixins/read-side.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";
import type { Dispatcher } from "./dispatcher.ts";

export interface WebhookSettings {
  /** Delays in ms between the attempts of a delivery; there is one attempt more than delays. */
  retryDelays: readonly number[];
  /** ms between two polls for due deliveries. */
  interval: number;
  /** Time limit of an attempt, in ms. */
  timeout: number;
}

export interface WebhookLocals
  extends DatabaseLocals, ReadSideLocals, SecretsLocals, TableLocals<{ readonly webhooks: typeof webhookModel }> {
  dispatcher: Dispatcher;
  makers: Makers;
  reader: EventReader;
  cleaner: Poller;
}

export type WebhookService = Service<WebhookSettings> & WebhookLocals;
