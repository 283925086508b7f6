/** Lists the events of the log page by page, checks what streams ask for, and deletes expired ones. */
import type { ServiceSchema, ServiceSettingSchema } from "moleculer";
import { principalOf } from "../../access/call.ts";
import { fromTenantCursor } from "../../access/cursor.ts";
import { parseTypes, requireReadable } from "../../access/event-scope.ts";
import { actionsOf } from "../../access/serve.ts";
import { requireSession } from "../../access/session-scope.ts";
import { Poller } from "../../concurrency/poller.ts";
import * as routes from "../../contracts/routes/event.ts";
import type { StreamGrant } from "../../contracts/streams.ts";
import { deleteExpiredEvents } from "../../event-log/retention.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { readEventPage } from "./page.ts";
import type { EventLocals, EventService } from "./types.ts";

const HOUR = 3_600_000;

const { serve } = actionsOf<EventService>();

export default {
  name: "event",
  mixins: [secretsMixin, databaseMixin],

  actions: {
    list: serve(routes.listEvents, async function (ctx) {
      const principal = principalOf(ctx);
      const { limit, after, types, session } = ctx.params.query;
      const sessionId = session === undefined ? null : (await requireSession(this.database, principal, session)).id;
      return readEventPage(this.database, this.secrets, { principal, limit, after, types, sessionId });
    }),

    listOfSession: serve(routes.listSessionEvents, async function (ctx) {
      const principal = principalOf(ctx);
      const { id: sessionId } = await requireSession(this.database, principal, ctx.params.params.session);
      const { limit, after } = ctx.params.query;
      return readEventPage(this.database, this.secrets, { principal, limit, after, types: undefined, sessionId });
    }),

    /** Checks what a stream asks for. The gateway, which has the connection, then opens it. */
    stream: serve(routes.streamEvents, async function (ctx): Promise<StreamGrant> {
      const principal = principalOf(ctx);
      const { after, types, session } = ctx.params.query;
      const patterns = types === undefined ? null : parseTypes(types);
      requireReadable(principal, patterns ?? [], () => "?types");
      return {
        types: patterns,
        sessionId: session === undefined ? null : (await requireSession(this.database, principal, session)).id,
        position:
          after === undefined ? null : fromTenantCursor(this.secrets, "events", principal.tenantId, after, "?after"),
      };
    }),
  },

  async started() {
    this.cleaner = new Poller({
      name: "old events",
      interval: HOUR,
      logger: this.logger,
      work: () => deleteExpiredEvents(this.database),
    });
    this.cleaner.start();
  },

  async stopped() {
    await this.cleaner?.stop();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, EventLocals>;
