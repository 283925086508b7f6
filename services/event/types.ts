/** `this` of the event service's actions. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { Poller } from "../../concurrency/poller.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";

export interface EventLocals extends DatabaseLocals, SecretsLocals {
  cleaner: Poller;
}

export type EventService = Service<ServiceSettingSchema> & EventLocals;
