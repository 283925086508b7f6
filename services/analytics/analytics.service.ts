/** Analytics: counts of the event log by minute, hour and day, exact whatever crashes, and the reports that are made of them. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { BUCKET_SIZES, BUCKETS } from "../../contracts/analytics.ts";
import { removeOldRollups } from "../../db/statements/analytics/analytics-rollups.ts";
import { ANALYTICS_UPDATED, UpdateThrottle } from "../../event-log/analytics-updates.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { createDurableReader, EVENTS_APPENDED } from "../../event-log/readers.ts";
import { Poller } from "../../concurrency/poller.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import type { AnalyticsLocals, AnalyticsService } from "./types.ts";
import { ReadSide } from "./read-side.ts";
import { reportActions } from "./report-actions.ts";
import { createCounting } from "./roll-up.ts";

const HOUR = 3_600_000;
const REMOVED_AT_ONCE = 2_000;
/** ms between two batches that are counted. Nobody watches a figure more closely, and each batch costs a commit. */
const COUNTING_GAP = 250;

export default {
  name: "analytics",
  mixins: [secretsMixin, databaseMixin],

  actions: { ...reportActions },

  events: {
    [EVENTS_APPENDED](this: AnalyticsService) {
      this.reader?.wake();
    },
  },

  async started() {
    const { database, logger, broker } = this;
    const { databaseReadUrl, dataDir } = configOf(broker);
    this.readSide = new ReadSide({ primary: database, url: databaseReadUrl, dataDir, logger });
    this.updates = new UpdateThrottle((update) => void broker.broadcast(ANALYTICS_UPDATED, update));
    const counting = createCounting((updates) => {
      for (const update of updates) this.updates.offer(update);
    });
    this.reader = createDurableReader({ database, logger, name: "analytics", gap: COUNTING_GAP, ...counting });
    this.cleaner = new Poller({
      name: "old counts",
      interval: HOUR,
      logger,
      work: async () => {
        let more = false;
        // A day longer than they are promised, so that whoever asks at the border finds all of it.
        const before = (size: (typeof BUCKET_SIZES)[number]) =>
          Date.now() - BUCKETS[size].kept - (size === "minute" ? HOUR : BUCKETS.day.length);
        for (const size of BUCKET_SIZES)
          more = (await removeOldRollups(database, size, before(size), REMOVED_AT_ONCE)) === REMOVED_AT_ONCE || more;
        return more;
      },
    });
    await this.reader.start();
    this.cleaner.start();
  },

  async stopped() {
    await this.reader?.stop();
    await this.cleaner?.stop();
    this.updates?.stop();
    await this.readSide?.close();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, AnalyticsLocals>;
