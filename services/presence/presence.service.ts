/** Presence: typing and availability towards WhatsApp, and which of the tenant's users are online. What contacts do comes back as events. */
import type { ServiceSchema } from "moleculer";
import type * as routes from "../../contracts/routes/presence.ts";
import { operateSession } from "../../actors/call-session.ts";
import type { Call } from "../../access/call.ts";
import { deleteOldConnections } from "../../db/statements/identity/user-presence.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { announceEvents } from "../../event-log/readers.ts";
import { Poller } from "../../concurrency/poller.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { locateSession } from "../../access/session-scope.ts";
import type { PresenceLocals, PresenceSettings } from "./types.ts";
import { TypingTimers } from "./typing-timers.ts";
import { userActions } from "./user-actions.ts";
import { UserPresence } from "./user-presence.ts";

/** ms that typing shows when nobody says how long. */
const DEFAULT_DURATION = 10_000;
const HOUR = 3_600_000;
const DONE = { ok: true } as const;

export default {
  name: "presence",
  mixins: [secretsMixin, databaseMixin],

  settings: { lease: 10_000, grace: 5_000, interval: 1_000 },

  actions: {
    ...userActions,

    async typing(ctx: Call<typeof routes.setTyping>) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
      const { state, duration } = ctx.params.body;
      const key = `${session.sessionId} ${chatId}`;
      await operateSession(ctx, this.database, session.sessionId, "typing", { chatId, state });
      const end = () =>
        operateSession(this.broker, this.database, session.sessionId, "typing", { chatId, state: "paused" });
      if (state === "paused") this.typing.clear(key);
      else this.typing.set(key, duration ?? DEFAULT_DURATION, end);
      return DONE;
    },

    async markRead(ctx: Call<typeof routes.markChatRead>) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, session.sessionId, "markRead", {
        chatId: session.chatId(ctx.params.params.chatId, ":chatId"),
      });
      return DONE;
    },

    async get(ctx: Call<typeof routes.getPresence>) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
      const { online, lastSeen } = await operateSession(ctx, this.database, session.sessionId, "getPresence", {
        chatId,
      });
      return { chatId, online, lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString() };
    },

    async subscribe(ctx: Call<typeof routes.subscribePresence>) {
      const session = await locateSession(this.database, ctx);
      const chatIds = ctx.params.body.chatIds.map((chatId, index) => session.chatId(chatId, `/chatIds/${index}`));
      await operateSession(ctx, this.database, session.sessionId, "subscribePresence", { chatIds });
      return DONE;
    },

    async set(ctx: Call<typeof routes.setPresence>) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, session.sessionId, "setPresence", {
        available: ctx.params.body.available,
      });
      return DONE;
    },
  },

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
        await deleteOldConnections(database, Date.now() - 25 * HOUR);
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
