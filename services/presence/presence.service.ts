/**
 * Presence: typing and availability of a session's account, and which of the tenant's users are online. The presence of
 * contacts arrives as events.
 */
import type { ServiceSchema } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { Poller } from "../../concurrency/poller.ts";
import { deleteOldConnections } from "../../db/statements/identity/user-presence.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { sessionActions } from "./session-actions.ts";
import type { PresenceLocals, PresenceSettings } from "./types.ts";
import { TypingTimers } from "./typing-timers.ts";
import { userActions } from "./user-actions.ts";
import { UserPresence } from "./user-presence.ts";

const HOUR = 3_600_000;
/** ms that the hourly counts of connections are kept: a day, and the hour that has begun. */
const KEEP_CONNECTIONS = 25 * HOUR;

export default {
  name: "presence",
  mixins: [secretsMixin, databaseMixin],

  settings: { lease: 10_000, grace: 5_000, interval: 1_000 },

  actions: { ...userActions, ...sessionActions },

  created() {
    this.typing = new TypingTimers((error) => this.logger.debug("typing could not be ended", { error: String(error) }));
  },

  async started() {
    const { database, logger, broker, settings } = this;
    this.users = new UserPresence({
      database,
      announce: () => announceEvents(broker),
      lease: settings.lease,
      grace: settings.grace,
    });
    this.sweeper = new Poller({
      name: "users who have left",
      interval: settings.interval,
      logger,
      work: () => this.users.sweep(),
    });
    this.cleaner = new Poller({
      name: "old connections",
      interval: HOUR,
      logger,
      work: async () => {
        await deleteOldConnections(database, systemNow() - KEEP_CONNECTIONS);
        return false;
      },
    });
    this.sweeper.start();
    this.cleaner.start();
  },

  async stopped() {
    this.typing.clearAll();
    await this.sweeper?.stop();
    await this.cleaner?.stop();
  },
} satisfies ServiceSchema<PresenceSettings, object, PresenceLocals>;
