/** `this` of the analytics service's actions. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { MergingThrottle } from "../../concurrency/merging-throttle.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { AnalyticsUpdate } from "../../contracts/analytics.ts";
import type { EventReader } from "../../event-log/reader.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { ReadSideLocals } from "../../mixins/read-side.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";

export interface AnalyticsLocals extends DatabaseLocals, ReadSideLocals, SecretsLocals {
  reader: EventReader;
  /** By tenant id. */
  updates: MergingThrottle<AnalyticsUpdate>;
  cleaner: Poller;
}

export type AnalyticsService = Service<ServiceSettingSchema> & AnalyticsLocals;
