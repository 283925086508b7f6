/** Actions on one message that everyone in its chat sees: pinned, taken down, kept. */
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { operateSession } from "../../actors/call-session.ts";
import * as routes from "../../contracts/routes/message-marks.ts";
import { requireMessage } from "./message-access.ts";
import { keyOf } from "./targets.ts";
import type { MessageService } from "./types.ts";

const { serve } = actionsOf<MessageService>();

export const markActions = {
  pin: serve(routes.pinMessage, async function (ctx) {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const { seconds } = ctx.params.body;
    await operateSession(ctx, this.database, row.session_id, "pinMessage", { key: keyOf(row), seconds });
    return { ok: true };
  }),

  unpin: serve(routes.unpinMessage, async function (ctx) {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    await operateSession(ctx, this.database, row.session_id, "pinMessage", { key: keyOf(row), seconds: null });
    return { ok: true };
  }),

  keep: serve(routes.keepMessage, async function (ctx) {
    const row = await requireMessage(this, principalOf(ctx), ctx.params.params.id);
    const { keep } = ctx.params.body;
    await operateSession(ctx, this.database, row.session_id, "keepMessage", { key: keyOf(row), keep });
    return { ok: true };
  }),
};
