/** `this` of the presence service's actions. */
import type { Service } from "moleculer";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TypingTimers } from "./typing-timers.ts";
import type { UserPresence } from "./user-presence.ts";

export interface PresenceSettings {
  /** ms without a report after which a gateway counts as dead; gateways report every three seconds. */
  lease: number;
  /** ms that a user stays online without a socket. */
  grace: number;
  /** ms between two searches for users who have gone offline. */
  interval: number;
}

export interface PresenceLocals extends DatabaseLocals, SecretsLocals {
  typing: TypingTimers;
  users: UserPresence;
  sweeper: Poller;
  cleaner: Poller;
}

export type PresenceService = Service<PresenceSettings> & PresenceLocals;
