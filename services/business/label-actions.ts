/** Labels and lists of a session's account. */
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import * as routes from "../../contracts/routes/label.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";

const { serve } = actionsOf<DatabaseLocals>();

function actionsOfKind(kind: "label" | "list") {
  const { list, create, update, remove, setOfChat } = kind === "label" ? routes.labels : routes.lists;
  const name = kind === "label" ? "labels" : "lists";
  return {
    [name]: serve(list, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      return { data: await operateSession(ctx, this.database, sessionId, "listLabels", { kind }) };
    }),

    [`${name}.create`]: serve(create, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const input = { kind, id: null, ...ctx.params.body };
      return operateSession(ctx, this.database, sessionId, "saveLabel", input);
    }),

    [`${name}.update`]: serve(update, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const input = { kind, id: ctx.params.params.id, ...ctx.params.body };
      return operateSession(ctx, this.database, sessionId, "saveLabel", input);
    }),

    [`${name}.remove`]: serve(remove, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      await operateSession(ctx, this.database, sessionId, "deleteLabel", { kind, id: ctx.params.params.id });
    }),

    [`${name}.setOfChat`]: serve(setOfChat, async function (ctx) {
      const session = await locateSession(this.database, ctx);
      const chatId = session.chatId(ctx.params.params.chatId, ":chatId");
      const input = { kind, chatId, labels: ctx.params.body[name] };
      await operateSession(ctx, this.database, session.sessionId, "setChatLabels", input);
      return { ok: true } as const;
    }),
  };
}

export const labelActions = { ...actionsOfKind("label"), ...actionsOfKind("list") };
