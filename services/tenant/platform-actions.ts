/** All tenants, for the platform's administrators. */
import type { ServiceBroker } from "moleculer";
import { Problem } from "../../contracts/errors.ts";
import type {
  createTenant,
  getTenantById,
  listTenants,
  removeTenant as removeTenantRoute,
  Tenant,
  updateTenantById,
} from "../../contracts/routes/tenant.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import { stopTenantSessions } from "../../db/statements/sessions/placements.ts";
import { saveTenant } from "../../db/statements/identity/save-tenant.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { forgetCached } from "../../access/caching/cache.ts";
import { recordAudit } from "../../access/audit.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { viewTenant } from "../../access/tenant-view.ts";
import type { TenantService } from "./types.ts";
import { removeTenant } from "./removal.ts";

/** First the answer that processes share, then the word on which they ask for it anew. */
async function announceLimits(broker: ServiceBroker, tenantId: string): Promise<void> {
  await forgetCached(broker, "tenant.limits", tenantId);
  await announceAccessChange(broker, { tenantId });
}

/**
 * Writes the change; the problem `precondition_failed` when the row is not as it was read. The sessions of a tenant that is
 * suspended are stopped with it and not on the word of it: a broadcast that nobody hears would leave them running for good.
 */
async function change(
  service: TenantService,
  ctx: Call<typeof updateTenantById>,
  row: TenantRow,
  expected: number | undefined,
): Promise<TenantRow> {
  const { name = row.name, plan = row.plan, status = row.status, quotas } = ctx.params.body;
  if (expected !== undefined && expected !== row.version) throw new Problem("precondition_failed");
  const now = Date.now();
  const changed: TenantRow = {
    ...row,
    name,
    plan,
    status,
    quotas: { ...row.quotas, ...quotas } as TenantRow["quotas"],
  };
  await service.database.transaction(async (sql) => {
    if (!(await saveTenant(sql, changed, now))) throw new Problem("precondition_failed");
    if (status === "suspended") await stopTenantSessions(sql, row.id);
    await recordAudit(sql, ctx, { action: "tenant.updated", target: row.id, detail: ctx.params.body });
    await recordAudit(sql, ctx, {
      tenantId: row.id,
      action: "tenant.updated_by_platform",
      target: row.id,
      detail: ctx.params.body,
    });
  });
  return { ...changed, version: row.version + 1, updatedAt: now };
}

export const platformActions = {
  async "all.list"(
    this: TenantService,
    ctx: Call<typeof listTenants>,
  ): Promise<{ data: Tenant[]; nextCursor: string | null }> {
    const { limit, cursor } = ctx.params.query;
    const after = cursor === undefined ? undefined : fromCursor(this.secrets, "tenants", cursor);
    const { rows, next } = await this.tables.tenants.acrossTenants.list({ limit, after });
    return { data: rows.map(viewTenant), nextCursor: next === null ? null : toCursor(this.secrets, "tenants", next) };
  },

  async "all.create"(this: TenantService, ctx: Call<typeof createTenant>): Promise<Tenant> {
    const { name, plan, quotas, owner } = ctx.params.body;
    const row = await ctx.call<TenantRow, object>("auth.found", {
      tenantName: name,
      plan,
      quotas: quotas ?? {},
      owner,
    });
    await recordAudit(this.database, ctx, { action: "tenant.created", target: row.id, detail: { name, plan } });
    sendVersion(ctx, row.version);
    return viewTenant(row);
  },

  async "all.get"(this: TenantService, ctx: Call<typeof getTenantById>): Promise<Tenant> {
    const { id } = ctx.params.params;
    const row = await this.tables.tenants.get(id, id);
    sendVersion(ctx, row.version);
    return viewTenant(row);
  },

  async "all.update"(this: TenantService, ctx: Call<typeof updateTenantById>): Promise<Tenant> {
    const { id } = ctx.params.params;
    if (ctx.params.body.status === "suspended" && id === principalOf(ctx).tenantId)
      throw new Problem("conflict", "you cannot suspend the tenant that you belong to");
    const expected = expectedVersion(ctx);
    const changed = await changeCurrent(expected, async () =>
      change(this, ctx, await this.tables.tenants.get(id, id), expected),
    );
    await announceLimits(this.broker, id);
    sendVersion(ctx, changed.version);
    return viewTenant(changed);
  },

  async "all.remove"(this: TenantService, ctx: Call<typeof removeTenantRoute>): Promise<void> {
    const { id } = ctx.params.params;
    const row = await this.tables.tenants.get(id, id);
    if (row.status !== "suspended")
      throw new Problem("conflict", "suspend the tenant first, so that nothing of it runs while it is deleted");
    await removeTenant({
      database: this.database,
      dataDir: configOf(this.broker).dataDir,
      tenantId: id,
      record: (sql) => recordAudit(sql, ctx, { action: "tenant.deleted", target: id, detail: { name: row.name } }),
    });
    await announceLimits(this.broker, id);
  },
};
