/** The types of the message service's `this`. */
import type { Service, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { TtlCache } from "../../access/caching/ttl-cache.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { AcceptRequest, Accepted } from "../../outbox/accept.ts";
import type { GroupCommit } from "../../db/group-commit.ts";
import type { QueueDepths } from "../../outbox/queue-depth.ts";
import type { StorageRoom } from "./storage-room.ts";

export interface MessageLocals extends DatabaseLocals, SecretsLocals {
  acceptor: GroupCommit<AcceptRequest, Accepted>;
  sweeper: Poller;
  cleaner: Poller;
  mediaCleaner: Poller;
  depths: QueueDepths;
  storage: StorageRoom;
  /** What tenants are allowed, by their ids. */
  limits: TtlCache<TenantLimits>;
  /** Idempotency keys of requests that are still running here. */
  running: Set<string>;
}

export type MessageService = Service<ServiceSettingSchema> & MessageLocals;
export type MessageActions = NonNullable<ServiceSchema<ServiceSettingSchema, object, MessageLocals>["actions"]>;
