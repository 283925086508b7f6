/** The types of the cluster service's `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { ClusterWatch } from "../../actors/cluster-watch.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";

export interface ClusterLocals extends DatabaseLocals, SecretsLocals {
  watch: ClusterWatch;
  balancing: Poller;
}

export type ClusterService = Service<ServiceSettingSchema> & ClusterLocals;
