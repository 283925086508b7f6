/** The types of the session service's `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { UnwrittenStateCache } from "./unwritten-states.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";

export interface SessionLocals extends DatabaseLocals, SecretsLocals {
  unwritten: UnwrittenStateCache;
}

export type SessionService = Service<ServiceSettingSchema> & SessionLocals;
