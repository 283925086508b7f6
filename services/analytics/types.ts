/** What the analytics service's actions find in `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { UpdateThrottle } from "../../event-log/analytics-updates.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { EventReader } from "../../event-log/readers.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { ReadSide } from "./read-side.ts";

export interface AnalyticsLocals extends DatabaseLocals, SecretsLocals {
  reader: EventReader;
  readSide: ReadSide;
  updates: UpdateThrottle;
  cleaner: Poller;
}

export type AnalyticsService = Service<ServiceSettingSchema> & AnalyticsLocals;
