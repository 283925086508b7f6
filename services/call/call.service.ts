/** Calls to a session's account. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { actionsOf } from "../../access/serve.ts";
import { locateSession } from "../../access/session-scope.ts";
import { operateSession } from "../../actors/call-session.ts";
import * as routes from "../../contracts/routes/call.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";

const { serve } = actionsOf<DatabaseLocals>();

export default {
  name: "call",
  mixins: [databaseMixin],

  actions: {
    reject: serve(routes.rejectCall, async function (ctx) {
      const { sessionId } = await locateSession(this.database, ctx);
      const { callId } = ctx.params.params;
      await operateSession(ctx, this.database, sessionId, "rejectCall", { callId });
      return { ok: true } as const;
    }),
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, DatabaseLocals>;
