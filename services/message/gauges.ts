/** Gauges of the queue of the whole system. */
import { systemNow } from "../../concurrency/clock.ts";
import { PRIORITIES, priorityName, type Priority } from "../../contracts/message-kinds.ts";
import { readQueueGauges } from "../../db/statements/analytics/system-gauges.ts";
import { gauge } from "../../metrics/metrics.ts";
import { gaugesMixin } from "../../mixins/gauges.mixin.ts";

export const queueGauges = gaugesMixin(async (broker, database) => {
  const { depths, oldest } = await readQueueGauges(database);
  const queued = new Map(
    depths
      .filter(({ status }) => status === "queued")
      .map(({ priority, count }) => [priorityName(priority ?? 0), count]),
  );
  const ages = new Map(
    oldest.map(({ priority, at }) => [priorityName(priority), Math.max(0, systemNow() - at) / 1_000]),
  );
  for (const priority of Object.keys(PRIORITIES) as Priority[]) {
    gauge(broker, "wa_queue_depth", { status: "queued", priority }, queued.get(priority) ?? 0);
    gauge(broker, "wa_queue_oldest_age_seconds", { priority }, ages.get(priority) ?? 0);
  }
  for (const { status, count } of depths)
    if (status !== "queued") gauge(broker, "wa_queue_depth", { status, priority: "any" }, count);
});
