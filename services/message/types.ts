/** The types of the message service's `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { TtlCache } from "../../access/caching/ttl-cache.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { GroupCommit } from "../../db/group-commit.ts";
import type { Ffmpeg } from "../../media/ffmpeg.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { ReadSideLocals } from "../../mixins/read-side.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { AcceptRequest, Accepted } from "../../outbox/accept.ts";
import type { QueueDepths } from "../../outbox/queue-depth.ts";
import type { StorageRoom } from "./storage-room.ts";

export interface MessageLocals extends DatabaseLocals, ReadSideLocals, SecretsLocals {
  acceptor: GroupCommit<AcceptRequest, Accepted>;
  sweeper: Poller;
  cleaner: Poller;
  mediaCleaner: Poller;
  depths: QueueDepths;
  storage: StorageRoom;
  /** Undefined when media are not converted. */
  ffmpeg: Ffmpeg | undefined;
  /** Limits by tenant id. */
  limits: TtlCache<TenantLimits>;
  /** Idempotency keys of the requests under way in this process. */
  running: Set<string>;
}

export type MessageService = Service<ServiceSettingSchema> & MessageLocals;
