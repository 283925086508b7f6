/** The caller's own tenant. */
import { z } from "zod";
import { systemNow } from "../../concurrency/clock.ts";
import type { Quotas, TenantLimits } from "../../contracts/plans.ts";
import * as routes from "../../contracts/routes/tenant.ts";
import type { TenantUsage } from "../../contracts/routes/tenant.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import { countMessagesSince, countTenantResources, readCounter } from "../../db/statements/identity/tenant-usage.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { cachedPerTenant } from "../../access/caching/cache.ts";
import { principalOf } from "../../access/call.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { actionsOf } from "../../access/serve.ts";
import { DEFAULT_SETTINGS, quotasOf, viewTenant } from "../../access/tenant-view.ts";
import type { TenantService } from "./types.ts";

const { serve, internal } = actionsOf<TenantService>();

const MEGABYTE = 1_048_576;

async function usageOf(service: TenantService, tenantId: string, quotas: Quotas, now: Date): Promise<TenantUsage> {
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const [resources, thisMonth, today] = await Promise.all([
    countTenantResources(service.database, tenantId, now.getTime()),
    countMessagesSince(service.database, tenantId, monthStart),
    readCounter(service.database, tenantId, "messages", now.toISOString().slice(0, 10)),
  ]);
  return {
    at: now.toISOString(),
    sessions: { used: resources.sessions, limit: quotas.sessions },
    sessionsConnected: resources.sessions_connected,
    users: { used: resources.users, limit: quotas.users },
    apiKeys: { used: resources.api_keys, limit: quotas.apiKeys },
    webhooks: { used: resources.webhooks, limit: quotas.webhooks },
    messagesToday: { used: today, limit: quotas.messagesPerDay },
    messagesThisMonth: thisMonth,
    storageMb: { used: Math.round((resources.media_bytes / MEGABYTE) * 100) / 100, limit: quotas.storageMb },
  };
}

export const ownActions = {
  get: serve(routes.getTenant, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const row = await this.tables.tenants.requireRow(tenantId, tenantId);
    sendVersion(ctx, row.version);
    return viewTenant(row);
  }),

  update: serve(routes.updateTenant, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const { name, settings } = ctx.params.body;
    const expected = expectedVersion(ctx);
    // Settings are merged with those read, so the write checks the version even when the client sends no If-Match.
    const changed = await changeCurrent(expected, async () => {
      const row = await this.tables.tenants.requireRow(tenantId, tenantId);
      const changes: Partial<TenantRow> = {
        updated_at: systemNow(),
        ...(name === undefined ? {} : { name }),
        ...(settings === undefined ? {} : { settings: { ...row.settings, ...settings } as TenantRow["settings"] }),
      };
      return this.tables.tenants.updateRow(tenantId, tenantId, changes, { version: expected ?? row.version });
    });
    await recordAudit(this.database, ctx, { action: "tenant.updated", target: tenantId, detail: ctx.params.body });
    await announceAccessChange(this.broker, { tenantId });
    sendVersion(ctx, changed.version);
    return viewTenant(changed);
  }),

  usage: serve(routes.getUsage, async function (ctx) {
    const { tenantId } = principalOf(ctx);
    const row = await this.tables.tenants.requireRow(tenantId, tenantId);
    return usageOf(this, tenantId, quotasOf(row), new Date());
  }),

  /** A tenant's limits, for the services that enforce them. Needed at every send, so the answer is cached. */
  limits: internal(
    z.object({ tenantId: z.string() }),
    async function (ctx): Promise<TenantLimits> {
      const { tenantId } = ctx.params;
      const row = await this.tables.tenants.requireRow(tenantId, tenantId);
      return {
        status: row.status,
        plan: row.plan,
        quotas: quotasOf(row),
        settings: { ...DEFAULT_SETTINGS, ...row.settings },
      };
    },
    { cache: cachedPerTenant(30) },
  ),
};
