/** Presence: typing and availability towards WhatsApp. What contacts do comes back as events. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import type * as routes from "../../contracts/routes/presence.ts";
import { operateSession } from "../../actors/operate.ts";
import type { Call } from "../../mixins/call.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { locateSession } from "../../mixins/session-scope.ts";
import { TypingTimers } from "./typing-timers.ts";

interface PresenceLocals extends DatabaseLocals {
  typing: TypingTimers;
}

/** ms that typing shows when nobody says how long. */
const DEFAULT_DURATION = 10_000;
const DONE = { ok: true } as const;

export default {
  name: "presence",
  mixins: [databaseMixin],

  actions: {
    async typing(ctx: Call<typeof routes.setTyping>) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
      const { state, duration } = ctx.params.body;
      const key = `${session.sessionId} ${chatId}`;
      await operateSession(ctx, session.sessionId, "typing", { chatId, state });
      const end = () => operateSession(this.broker, session.sessionId, "typing", { chatId, state: "paused" });
      if (state === "paused") this.typing.clear(key);
      else this.typing.set(key, duration ?? DEFAULT_DURATION, end);
      return DONE;
    },

    async markRead(ctx: Call<typeof routes.markChatRead>) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, session.sessionId, "markRead", { chatId: session.chatId(ctx.params.params.chatId, ":chatId") });
      return DONE;
    },

    async get(ctx: Call<typeof routes.getPresence>) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
      const { online, lastSeen } = await operateSession(ctx, session.sessionId, "getPresence", { chatId });
      return { chatId, online, lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString() };
    },

    async subscribe(ctx: Call<typeof routes.subscribePresence>) {
      const session = await locateSession(this.database, ctx);
      const chatIds = ctx.params.body.chatIds.map((chatId, index) => session.chatId(chatId, `/chatIds/${index}`));
      await operateSession(ctx, session.sessionId, "subscribePresence", { chatIds });
      return DONE;
    },

    async set(ctx: Call<typeof routes.setPresence>) {
      const session = await locateSession(this.database, ctx);
      await operateSession(ctx, session.sessionId, "setPresence", { available: ctx.params.body.available });
      return DONE;
    },
  },

  created() {
    this.typing = new TypingTimers((error) => this.logger.debug("typing could not be ended", { error: String(error) }));
  },

  async stopped() {
    this.typing.clearAll();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, PresenceLocals>;
