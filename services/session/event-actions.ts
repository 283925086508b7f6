/** The event log, page by page. */
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { requireSession } from "../../access/session-scope.ts";
import * as routes from "../../contracts/routes/session.ts";
import { readEventPage } from "../../event-log/page.ts";
import type { SessionService } from "./types.ts";

const { serve } = actionsOf<SessionService>();

export const eventActions = {
  events: serve(routes.listSessionEvents, async function (ctx) {
    const principal = principalOf(ctx);
    const row = await requireSession(this.database, principal, ctx.params.params.session);
    const { limit, after } = ctx.params.query;
    return readEventPage(this.database, this.secrets, { principal, limit, after, types: undefined, sessionId: row.id });
  }),

  allEvents: serve(routes.listEvents, async function (ctx) {
    const principal = principalOf(ctx);
    const { limit, after, types, session } = ctx.params.query;
    const sessionId = session === undefined ? null : (await requireSession(this.database, principal, session)).id;
    return readEventPage(this.database, this.secrets, { principal, limit, after, types, sessionId });
  }),
};
