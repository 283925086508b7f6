/** `this` of the analytics service's actions. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { MergingThrottle } from "../../concurrency/merging-throttle.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { AnalyticsUpdate } from "../../contracts/analytics.ts";
import type { EventReader } from "../../event-log/reader.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { ReadSide } from "./read-side.ts";

export interface AnalyticsLocals extends DatabaseLocals, SecretsLocals {
  reader: EventReader;
  readSide: ReadSide;
  /** By tenant id. */
  updates: MergingThrottle<AnalyticsUpdate>;
  cleaner: Poller;
}

export type AnalyticsService = Service<ServiceSettingSchema> & AnalyticsLocals;
