/** Presence of the tenant's own users. */
import { systemNow } from "../../concurrency/clock.ts";
import { principalOf } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { actionsOf } from "../../access/serve.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/presence.ts";
import { GatewayReport, type ReportAnswer } from "../../contracts/user-presence.ts";
import { listUserPresence, type UserPresenceRow } from "../../db/statements/identity/user-presence.ts";
import type { PresenceService } from "./types.ts";

const HOUR = 3_600_000;

const { serve, internal } = actionsOf<PresenceService>();

function viewUserPresence(row: UserPresenceRow): routes.UserPresence {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const state = row.state ?? "offline";
  const lastSeenAt = state === "online" ? new Date().toISOString() : time(row.last_seen_at);
  return {
    userId: row.user_id,
    state,
    since: time(row.since),
    sockets: row.sockets,
    lastSeenAt,
    connectionsLastDay: row.connections,
  };
}

export const userActions = {
  users: serve(routes.listUserPresence, async function (ctx) {
    const { tenantId, sessions } = principalOf(ctx);
    if (sessions !== null)
      throw new Problem("forbidden", "a key that is limited to sessions does not see the tenant's users");
    const { limit, cursor, state } = ctx.params.query;
    const after = cursor === undefined ? "" : fromCursor(this.secrets, "user-presence", cursor);
    const since = systemNow() - (systemNow() % HOUR) - 23 * HOUR;
    const rows = await listUserPresence(this.database, {
      tenantId,
      state: state ?? null,
      after,
      limit: limit + 1,
      since,
    });
    const data = rows.slice(0, limit).map(viewUserPresence);
    return {
      data,
      nextCursor: rows.length > limit ? toCursor(this.secrets, "user-presence", data.at(-1)!.userId) : null,
    };
  }),

  /** For gateways: the sockets of users that were opened and closed since the last report. */
  report: internal(GatewayReport, function (ctx): Promise<ReportAnswer> {
    return this.users.record(ctx.params);
  }),
};
