/** What the presence service's actions find in `this`. */
import type { Service } from "moleculer";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TypingTimers } from "./typing-timers.ts";
import type { UserPresence } from "./user-presence.ts";

export interface PresenceSettings {
  /** ms without a sign of life after which a gateway's sockets are gone; gateways give one every three seconds. */
  lease: number;
  /** ms that a user stays online without a socket. */
  grace: number;
  /** ms between looks for users who have left. */
  interval: number;
}

export interface PresenceLocals extends DatabaseLocals, SecretsLocals {
  typing: TypingTimers;
  users: UserPresence;
  sweeper: Poller;
  cleaner: Poller;
}

export type PresenceService = Service<PresenceSettings> & PresenceLocals;
