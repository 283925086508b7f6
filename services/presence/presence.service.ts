/** Presence: typing and availability towards WhatsApp. What contacts do comes back as events. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { parseRecipient } from "../../contracts/address.ts";
import type * as routes from "../../contracts/routes/presence.ts";
import type { SessionSettings } from "../../contracts/routes/session.ts";
import { operateSession, type OperationInput, type OperationName, type OperationOutput } from "../../actors/operate.ts";
import { principalOf, type Call, type CallMeta } from "../../mixins/call.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import { requireSession } from "../../mixins/session-scope.ts";
import { TypingTimers } from "./typing-timers.ts";

interface PresenceLocals extends DatabaseLocals {
  typing: TypingTimers;
}

type Ctx = Context<{ params: { session: string; chatId?: string } }, CallMeta>;

/** ms that typing shows when nobody says how long. */
const DEFAULT_DURATION = 10_000;
const DONE = { ok: true } as const;

/** The session that the path names, and the chat in it. */
async function locate(database: DatabaseLocals["database"], ctx: Ctx): Promise<{ sessionId: string; country: string | null; chatId: string }> {
  const { session, chatId } = ctx.params.params;
  const row = await requireSession(database, principalOf(ctx), session);
  const { country } = JSON.parse(row.settings) as SessionSettings;
  return { sessionId: row.id, country, chatId: chatId === undefined ? "" : parseRecipient(chatId, country, ":chatId") };
}

function ask<N extends OperationName>(ctx: Ctx, sessionId: string, name: N, input: OperationInput<N>): Promise<OperationOutput<N>> {
  return operateSession(ctx, sessionId, name, input);
}

export default {
  name: "presence",
  mixins: [databaseMixin],

  actions: {
    async typing(ctx: Call<typeof routes.setTyping>) {
      const { sessionId, chatId } = await locate(this.database, ctx);
      const { state, duration } = ctx.params.body;
      await ask(ctx, sessionId, "typing", { chatId, state });
      const end = () => ask(ctx, sessionId, "typing", { chatId, state: "paused" });
      if (state === "paused") this.typing.clear(`${sessionId} ${chatId}`);
      else this.typing.set(`${sessionId} ${chatId}`, duration ?? DEFAULT_DURATION, end);
      return DONE;
    },

    async markRead(ctx: Call<typeof routes.markChatRead>) {
      const { sessionId, chatId } = await locate(this.database, ctx);
      await ask(ctx, sessionId, "markRead", { chatId });
      return DONE;
    },

    async get(ctx: Call<typeof routes.getPresence>) {
      const { sessionId, chatId } = await locate(this.database, ctx);
      const { online, lastSeen } = await ask(ctx, sessionId, "getPresence", { chatId });
      return { chatId, online, lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString() };
    },

    async subscribe(ctx: Call<typeof routes.subscribePresence>) {
      const { sessionId, country } = await locate(this.database, ctx);
      const chatIds = ctx.params.body.chatIds.map((chatId, index) => parseRecipient(chatId, country, `/chatIds/${index}`));
      await ask(ctx, sessionId, "subscribePresence", { chatIds });
      return DONE;
    },

    async set(ctx: Call<typeof routes.setPresence>) {
      const { sessionId } = await locate(this.database, ctx);
      await ask(ctx, sessionId, "setPresence", { available: ctx.params.body.available });
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
