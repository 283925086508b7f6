/** Webhooks: delivers a tenant's events to its endpoints, signed, with retries for several days. */
import type { Context, ServiceSchema } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { webhookModel } from "../../db/models/webhook.ts";
import { removeOldDeliveries } from "../../db/statements/webhooks/deliveries.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { AUTH_CHANGED, EVENTS_APPENDED, type AccessChange } from "../../contracts/broadcasts.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { Makers } from "../../access/makers.ts";
import { createDurableReader } from "../../event-log/durable-reader.ts";
import { count, observe } from "../../metrics/metrics.ts";
import { Poller } from "../../concurrency/poller.ts";
import { deliveryGauges } from "./gauges.ts";
import { readSideMixin } from "../../mixins/read-side.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import { deliveryActions } from "./delivery-actions.ts";
import { Dispatcher } from "./dispatcher.ts";
import type { WebhookLocals, WebhookService, WebhookSettings } from "./types.ts";
import { endpointActions } from "./endpoint-actions.ts";
import { fanOut } from "./fan-out.ts";
import { RETRY_DELAYS } from "./schedule.ts";

/** ms between two batches of the fan-out. */
const FAN_OUT_GAP = 50;
const HOUR = 3_600_000;
/** ms that finished deliveries are kept. */
const KEEP = 30 * 24 * HOUR;
const DELETE_BATCH = 1_000;

export default {
  name: "webhook",
  mixins: [tableMixin({ webhooks: webhookModel }), secretsMixin, deliveryGauges, databaseMixin, readSideMixin],

  settings: { retryDelays: RETRY_DELAYS, interval: 1_000, timeout: 15_000 },

  actions: { ...endpointActions, ...deliveryActions },

  events: {
    [EVENTS_APPENDED](this: WebhookService) {
      this.reader?.wake();
    },

    [AUTH_CHANGED](this: WebhookService, ctx: Context<AccessChange>) {
      this.makers?.forget(ctx.params);
    },
  },

  async started() {
    const { database, secrets, logger, broker, settings } = this;
    this.makers = new Makers(database);
    this.dispatcher = new Dispatcher({
      database,
      makers: this.makers,
      secrets,
      logger,
      webhooks: this.tables.webhooks,
      allowPrivate: configOf(broker).allowPrivateUrls,
      ...settings,
      announce: () => announceEvents(broker),
      onAttempt: ({ attempt: { ms }, outcome, blocked }) => {
        count(broker, "webhook_attempts_total", { result: blocked ? "blocked" : outcome });
        if (blocked) count(broker, "webhook_ssrf_blocked_total", {});
        else observe(broker, "webhook_duration_seconds", {}, ms / 1_000);
      },
      onDisabled: (reason) => count(broker, "webhook_endpoints_disabled_total", { reason }),
    });
    this.reader = createDurableReader({
      database,
      logger,
      name: "webhook",
      gap: FAN_OUT_GAP,
      prepare: (events) =>
        fanOut(
          {
            database,
            secrets,
            makers: this.makers,
            onMakerGone: ({ id, tenantId }) => this.dispatcher.retire(tenantId, id),
          },
          events,
        ),
      onCommitted: () => this.dispatcher.wake(),
    });
    this.cleaner = new Poller({
      name: "old deliveries",
      interval: HOUR,
      logger,
      work: async () => (await removeOldDeliveries(database, systemNow() - KEEP, DELETE_BATCH)) === DELETE_BATCH,
    });
    this.dispatcher.start();
    await this.reader.start();
    this.cleaner.start();
  },

  async stopped() {
    await this.reader?.stop();
    await this.dispatcher?.stop();
    await this.cleaner?.stop();
  },
} satisfies ServiceSchema<WebhookSettings, object, WebhookLocals>;
