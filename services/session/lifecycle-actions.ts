/**
 * Start, stop, restart and log out, and the resumption of a paused queue. Each records the desired state; the node that
 * owns the session acts on it.
 */
import type { ServiceBroker } from "moleculer";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { requireSession } from "../../access/session-scope.ts";
import { broadcast, SESSION_DESIRED } from "../../contracts/broadcasts.ts";
import { Problem } from "../../contracts/errors.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import * as routes from "../../contracts/routes/session.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { setDesired, type Desired } from "../../db/statements/sessions/placements.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { cancelQueue, resumeQueue } from "../../outbox/account-change.ts";
import { announceQueued } from "../../outbox/queue-hint.ts";
import type { SessionService } from "./types.ts";
import { toSessionView } from "./view.ts";

/** Notifies the session nodes that a desired state has changed. */
export function announceDesired(broker: ServiceBroker): void {
  void broadcast(broker, SESSION_DESIRED);
}

const { serve } = actionsOf<SessionService>();

type LifecycleCall = Call<typeof routes.startSession>;

/** The new desired state; null for no change. `restart` restarts a session that already runs. */
type Change = { readonly desired: Desired; readonly restart?: boolean } | null;

/** Records the change that `decide` returns for the session. Returns the session afterwards. */
async function setDesiredState(
  service: SessionService,
  ctx: LifecycleCall,
  decide: (row: SessionRow) => Change,
): Promise<Session> {
  const principal = principalOf(ctx);
  const row = await requireSession(service.database, principal, ctx.params.params.session);
  const change = decide(row);
  if (change !== null) {
    const { desired, restart = false } = change;
    await service.database.transaction(async (sql) => {
      await setDesired(sql, row.id, desired, restart);
      await recordAudit(sql, ctx, { action: `session.${restart ? "restart" : desired}`, target: row.id });
    });
    announceDesired(service.broker);
  }
  return toSessionView(await requireSession(service.database, principal, row.id));
}

/** A failed session is already desired to run, but its actor waits for a person: it has to be restarted. */
function startOf({ desired, state }: SessionRow): Change {
  if (desired !== "running") return { desired: "running" };
  return state === "failed" ? { desired: "running", restart: true } : null;
}

export const lifecycleActions = {
  start: serve(routes.startSession, async function (ctx): Promise<Session> {
    const { tenantId } = principalOf(ctx);
    const limits = await ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId });
    if (limits.status === "suspended") throw new Problem("tenant_suspended");
    return setDesiredState(this, ctx, startOf);
  }),

  stop: serve(routes.stopSession, function (ctx): Promise<Session> {
    return setDesiredState(this, ctx, () => ({ desired: "stopped" }));
  }),

  restart: serve(routes.restartSession, function (ctx): Promise<Session> {
    return setDesiredState(this, ctx, () => ({ desired: "running", restart: true }));
  }),

  logout: serve(routes.logoutSession, function (ctx): Promise<Session> {
    return setDesiredState(this, ctx, () => ({ desired: "logout" }));
  }),

  resumeQueue: serve(routes.resumeQueue, async function (ctx): Promise<Session> {
    const principal = principalOf(ctx);
    const { waiting } = ctx.params.body;
    const row = await requireSession(this.database, principal, ctx.params.params.session);
    if (row.queue_pause !== null) {
      if (row.me_chat_id === null)
        throw new Problem("session_not_connected", "the session is not linked; link the account that is to send first");
      if (waiting === "cancel") await cancelQueue(this.database, row.id);
      await resumeQueue(this.database, row.id);
      await recordAudit(this.database, ctx, { action: "session.resume_queue", target: row.id, detail: { waiting } });
      announceEvents(this.broker);
      announceQueued(this.broker, [row.id]);
    }
    return toSessionView(await requireSession(this.database, principal, row.id));
  }),
};
