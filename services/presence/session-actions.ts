/** Presence and typing of a session's account, as its contacts see them. */
import { locateSession } from "../../access/session-scope.ts";
import { actionsOf } from "../../access/serve.ts";
import { operateSession } from "../../actors/call-session.ts";
import * as routes from "../../contracts/routes/presence.ts";
import type { PresenceService } from "./types.ts";

/** ms that typing is shown by default. */
const DEFAULT_DURATION = 10_000;
const DONE = { ok: true } as const;

const { serve } = actionsOf<PresenceService>();

export const sessionActions = {
  typing: serve(routes.setTyping, async function (ctx) {
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
  }),

  markRead: serve(routes.markChatRead, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
    await operateSession(ctx, this.database, session.sessionId, "markRead", { chatId });
    return DONE;
  }),

  get: serve(routes.getPresence, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
    const { online, lastSeen } = await operateSession(ctx, this.database, session.sessionId, "getPresence", { chatId });
    return { chatId, online, lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString() };
  }),

  subscribe: serve(routes.subscribePresence, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const chatIds = session.chatIds(ctx.params.body.chatIds, "/chatIds");
    await operateSession(ctx, this.database, session.sessionId, "subscribePresence", { chatIds });
    return DONE;
  }),

  set: serve(routes.setPresence, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, session.sessionId, "setPresence", {
      available: ctx.params.body.available,
    });
    return DONE;
  }),
};
