/** Gauges of the webhook deliveries of the whole system. */
import { systemNow } from "../../concurrency/clock.ts";
import { readDeliveryGauges } from "../../db/statements/analytics/system-gauges.ts";
import { gauge } from "../../metrics/metrics.ts";
import { gaugesMixin } from "../../mixins/gauges.mixin.ts";

export const deliveryGauges = gaugesMixin(async (broker, database) => {
  const { backlog, oldest } = await readDeliveryGauges(database);
  gauge(broker, "webhook_backlog", {}, backlog);
  const age = oldest === null ? 0 : Math.max(0, systemNow() - oldest);
  gauge(broker, "webhook_oldest_pending_seconds", {}, age / 1_000);
});
