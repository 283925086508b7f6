/**
 * Analytics: counts the events of the log by minute, hour and day, and makes reports of the counts. The counts are
 * exact even when processes crash.
 */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { MergingThrottle } from "../../concurrency/merging-throttle.ts";
import { Poller } from "../../concurrency/poller.ts";
import { mergeUpdates, UPDATE_INTERVAL } from "../../contracts/analytics.ts";
import { ANALYTICS_UPDATED, broadcast, EVENTS_APPENDED } from "../../contracts/broadcasts.ts";
import { createDurableReader } from "../../event-log/durable-reader.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { readSideMixin } from "../../mixins/read-side.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { reportActions } from "./report-actions.ts";
import { removeOldCounts } from "./retention.ts";
import { createCounting } from "./roll-up.ts";
import type { AnalyticsLocals, AnalyticsService } from "./types.ts";

const HOUR = 3_600_000;
/**
 * ms between two batches that are counted: short enough for live charts, but no shorter, because each batch costs a
 * commit.
 */
const COUNTING_GAP = 250;

export default {
  name: "analytics",
  mixins: [secretsMixin, databaseMixin, readSideMixin],

  actions: { ...reportActions },

  events: {
    [EVENTS_APPENDED](this: AnalyticsService) {
      this.reader?.wake();
    },
  },

  async started() {
    const { database, logger, broker } = this;
    this.updates = new MergingThrottle({
      interval: UPDATE_INTERVAL,
      merge: mergeUpdates,
      emit: (tenantId, data) => void broadcast(broker, ANALYTICS_UPDATED, { tenantId, data }),
    });
    const counting = createCounting((updates) => {
      for (const { tenantId, data } of updates) this.updates.offer(tenantId, data);
    });
    this.reader = createDurableReader({ database, logger, name: "analytics", gap: COUNTING_GAP, ...counting });
    this.cleaner = new Poller({
      name: "old counts",
      interval: HOUR,
      logger,
      work: () => removeOldCounts(database),
    });
    await this.reader.start();
    this.cleaner.start();
  },

  async stopped() {
    await this.reader?.stop();
    await this.cleaner?.stop();
    this.updates?.stop();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, AnalyticsLocals>;
