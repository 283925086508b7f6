/** Sessions as resources: list, create, get, change, delete. */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import { createId } from "../../contracts/ids.ts";
import * as routes from "../../contracts/routes/session.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { SessionSettings } from "../../contracts/session-settings.ts";
import { isUniqueViolation } from "../../db/failures.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import * as statements from "../../db/statements/sessions/sessions.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { announceEvents } from "../../event-log/announce.ts";
import { addWithinQuota } from "../../access/quota.ts";
import { requireSession } from "../../access/session-scope.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { actionsOf } from "../../access/serve.ts";
import { checkProxy, sealProxy } from "./proxy.ts";
import { announceDesired } from "./lifecycle-actions.ts";
import type { SessionService } from "./types.ts";
import { toSessionView } from "./view.ts";

function nameTaken(name: string): Problem {
  return new Problem("name_taken", `there is a session "${name}" already`);
}

type Body = Call<typeof routes.updateSession>["params"]["body"];

/**
 * Changes the expected version of the session, by default the one that was read. Throws the problem
 * `precondition_failed` when it is no longer current.
 */
async function change(
  service: SessionService,
  row: Readonly<statements.SessionRow>,
  body: Body,
  expected: number | undefined,
): Promise<void> {
  const name = body.name ?? row.name;
  const owner = { id: row.id, tenantId: row.tenant_id, driver: row.driver };
  const merged = SessionSettings.parse({ ...(JSON.parse(row.settings) as object), ...body.settings });
  const { settings, password } = sealProxy(service, owner, merged);
  const changes = {
    name,
    autoStart: body.autoStart ?? row.auto_start === 1,
    settings: JSON.stringify(settings),
    proxyPassword: body.settings?.proxy === undefined ? row.proxy_password : password,
    placement: settings,
    metadata: body.metadata === undefined ? row.metadata : JSON.stringify(body.metadata),
    version: expected ?? row.version,
    now: systemNow(),
  };
  try {
    await service.database.transaction(async (sql) => {
      if (!(await statements.updateSession(sql, row.tenant_id, row.id, changes)))
        throw new Problem("precondition_failed");
      await appendEvents(
        sql,
        [{ type: "session.updated", tenantId: row.tenant_id, sessionId: row.id, data: { name } }],
        changes.now,
      );
    });
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(name) : error;
  }
}

const { serve } = actionsOf<SessionService>();

export const resourceActions = {
  list: serve(routes.listSessions, async function (ctx) {
    const { limit, cursor, state } = ctx.params.query;
    const principal = principalOf(ctx);
    const after = cursor === undefined ? "" : fromCursor(this.secrets, "sessions", cursor);
    const rows = await statements.listSessions(this.database, {
      tenantId: principal.tenantId,
      after,
      limit: limit + 1,
      state: state ?? null,
    });
    const visible = rows
      .slice(0, limit)
      .filter((row) => principal.sessions === null || principal.sessions.includes(row.id));
    return {
      data: visible.map((row) => this.unwritten.apply(toSessionView(row))),
      nextCursor: rows.length > limit ? toCursor(this.secrets, "sessions", rows[limit - 1]!.id) : null,
    };
  }),

  get: serve(routes.getSession, async function (ctx): Promise<Session> {
    const row = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    sendVersion(ctx, row.version);
    return this.unwritten.apply(toSessionView(row));
  }),

  create: serve(routes.createSession, async function (ctx): Promise<Session> {
    const { body } = ctx.params;
    const principal = principalOf(ctx);
    const { tenantId } = principal;
    if (principal.sessions !== null)
      throw new Problem("forbidden", "an API key that is limited to some sessions cannot create others");
    if (body.network === "sandbox" && !configOf(this.broker).sandbox) throw new Problem("sandbox_off");
    const id = createId("session");
    const driver = body.driver ?? (body.network === "sandbox" ? "light" : "browser");
    await checkProxy(this, driver, body.settings.proxy);
    const { settings, password } = sealProxy(this, { id, tenantId, driver }, body.settings);
    await addWithinQuota(this.database, ctx, "sessions", async (sql) => {
      const inserted = await statements.insertSession(sql, {
        id,
        tenantId,
        name: body.name,
        network: body.network,
        driver,
        autoStart: body.autoStart,
        settings: JSON.stringify(settings),
        proxyPassword: password,
        metadata: JSON.stringify(body.metadata),
        placement: body.settings,
        now: systemNow(),
      });
      if (!inserted) throw nameTaken(body.name);
      await appendEvents(
        sql,
        [{ type: "session.created", tenantId, sessionId: id, data: { name: body.name, network: body.network } }],
        systemNow(),
      );
      await recordAudit(sql, ctx, {
        action: "session.create",
        target: id,
        detail: { name: body.name, network: body.network },
      });
    });
    announceEvents(this.broker);
    ctx.meta.$responseHeaders = { Location: `/api/v1/sessions/${id}` };
    return toSessionView(await requireSession(this.database, principal, id));
  }),

  update: serve(routes.updateSession, async function (ctx): Promise<Session> {
    const principal = principalOf(ctx);
    const { id, driver } = await requireSession(this.database, principal, ctx.params.params.session);
    await checkProxy(this, driver, ctx.params.body.settings?.proxy);
    const expected = expectedVersion(ctx);
    await changeCurrent(expected, async () =>
      change(this, await requireSession(this.database, principal, id), ctx.params.body, expected),
    );
    announceEvents(this.broker);
    const updated = await requireSession(this.database, principal, id);
    sendVersion(ctx, updated.version);
    return toSessionView(updated);
  }),

  remove: serve(routes.deleteSession, async function (ctx): Promise<void> {
    const row = await requireSession(this.database, principalOf(ctx), ctx.params.params.session);
    await this.database.transaction(async (sql) => {
      if (!(await statements.hideSession(sql, row.tenant_id, row.id))) throw new Problem("not_found");
      await recordAudit(sql, ctx, { action: "session.delete", target: row.id, detail: { name: row.name } });
    });
    announceDesired(this.broker);
  }),
};
