/** Statuses (stories) that a session's account sees; posting one is a send of the message service. */
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import * as routes from "../../contracts/routes/status.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";

const { serve } = actionsOf<DatabaseLocals>();

export const statusActions = {
  statuses: serve(routes.listStatuses, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const found = await operateSession(ctx, this.database, sessionId, "listStatuses", {});
    return { data: found.map(({ at, ...status }) => ({ ...status, at: new Date(at).toISOString() })) };
  }),

  deleteStatus: serve(routes.deleteStatus, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    await operateSession(ctx, this.database, sessionId, "deleteStatus", { id: ctx.params.params.id });
  }),

  viewStatus: serve(routes.viewStatus, async function (ctx) {
    const session = await locateSession(this.database, ctx);
    const chatId = session.chatId(ctx.params.body.from, "/from");
    await operateSession(ctx, this.database, session.sessionId, "viewStatus", { chatId, id: ctx.params.params.id });
    return { ok: true } as const;
  }),

  statusViewers: serve(routes.listStatusViewers, async function (ctx) {
    const { sessionId } = await locateSession(this.database, ctx);
    const { id } = ctx.params.params;
    const viewers = await operateSession(ctx, this.database, sessionId, "listStatusViewers", { id });
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    return { data: viewers.map(({ viewer, at }) => ({ viewer, at: iso(at) })) };
  }),
};
