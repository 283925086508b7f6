/** The actions on all tenants, for platform administrators. */
import type { ServiceBroker } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import * as routes from "../../contracts/routes/tenant.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import { stopTenantSessions } from "../../db/statements/sessions/placements.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { forgetCached } from "../../access/caching/cache.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { actionsOf } from "../../access/serve.ts";
import { viewTenant } from "../../access/tenant-view.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { removeTenant } from "./removal.ts";
import type { TenantService } from "./types.ts";

const { serve } = actionsOf<TenantService>();

/** Drops the shared cache entry first: on the broadcast, every process asks for the limits again. */
async function announceLimits(broker: ServiceBroker, tenantId: string): Promise<void> {
  await forgetCached(broker, "tenant.limits", tenantId);
  await announceAccessChange(broker, { tenantId });
}

/**
 * Writes the change. Throws the problem `precondition_failed` when the row has changed since it was read. A suspended
 * tenant's sessions are stopped in the same transaction: if that depended on a broadcast and the broadcast were lost,
 * they would keep running.
 */
async function change(
  service: TenantService,
  ctx: Call<typeof routes.updateTenantById>,
  row: TenantRow,
  expected: number | undefined,
): Promise<TenantRow> {
  const { name = row.name, plan = row.plan, status = row.status, quotas } = ctx.params.body;
  if (expected !== undefined && expected !== row.version) throw new Problem("precondition_failed");
  const changes: Partial<TenantRow> = {
    name,
    plan,
    status,
    quotas: { ...row.quotas, ...quotas } as TenantRow["quotas"],
    updated_at: systemNow(),
  };
  return service.database.transaction(async (sql) => {
    const options = { version: row.version, sql };
    const changed = await service.tables.tenants.updateRow(row.id, row.id, changes, options);
    if (status === "suspended") await stopTenantSessions(sql, row.id);
    await recordAudit(sql, ctx, { action: "tenant.updated", target: row.id, detail: ctx.params.body });
    await recordAudit(sql, ctx, {
      tenantId: row.id,
      action: "tenant.updated_by_platform",
      target: row.id,
      detail: ctx.params.body,
    });
    return changed;
  });
}

export const platformActions = {
  "all.list": serve(routes.listTenants, async function (ctx) {
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "tenants", cursor);
    const { rows, next } = await this.tables.tenants.listRowsAcrossTenants({ limit, after });
    return { data: rows.map(viewTenant), nextCursor: next === null ? null : toCursor(this.secrets, "tenants", next) };
  }),

  "all.create": serve(routes.createTenant, async function (ctx) {
    const { name, plan } = ctx.params.body;
    const row = await ctx.call<TenantRow, object>("auth.createTenant", ctx.params.body);
    await recordAudit(this.database, ctx, { action: "tenant.created", target: row.id, detail: { name, plan } });
    sendVersion(ctx, row.version);
    return viewTenant(row);
  }),

  "all.get": serve(routes.getTenantById, async function (ctx) {
    const { id } = ctx.params.params;
    const row = await this.tables.tenants.requireRow(id, id);
    sendVersion(ctx, row.version);
    return viewTenant(row);
  }),

  "all.update": serve(routes.updateTenantById, async function (ctx) {
    const { id } = ctx.params.params;
    if (ctx.params.body.status === "suspended" && id === principalOf(ctx).tenantId)
      throw new Problem("conflict", "you cannot suspend your own tenant");
    const expected = expectedVersion(ctx);
    const changed = await changeCurrent(expected, async () =>
      change(this, ctx, await this.tables.tenants.requireRow(id, id), expected),
    );
    await announceLimits(this.broker, id);
    sendVersion(ctx, changed.version);
    return viewTenant(changed);
  }),

  "all.remove": serve(routes.removeTenant, async function (ctx) {
    const { id } = ctx.params.params;
    const row = await this.tables.tenants.requireRow(id, id);
    if (row.status !== "suspended")
      throw new Problem("conflict", "suspend the tenant first, so that none of its sessions run while it is deleted");
    await removeTenant({
      database: this.database,
      dataDir: configOf(this.broker).dataDir,
      tenantId: id,
      record: (sql) => recordAudit(sql, ctx, { action: "tenant.deleted", target: id, detail: { name: row.name } }),
    });
    await announceLimits(this.broker, id);
  }),
};
