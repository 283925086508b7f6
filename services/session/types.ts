/** The types of the session service's `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { SessionNode } from "../../actors/session-node.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";

export interface SessionLocals extends DatabaseLocals, SecretsLocals {
  node: SessionNode;
  poller: Poller;
}

export type SessionService = Service<ServiceSettingSchema> & SessionLocals;
