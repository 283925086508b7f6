/** The caller's own tenant. */
import type { Context } from "moleculer";
import type { Quotas, TenantLimits } from "../../contracts/plans.ts";
import type { getTenant, getUsage, Tenant, TenantUsage, updateTenant } from "../../contracts/routes/tenant.ts";
import type { TenantRow } from "../../db/models/tenant.ts";
import { countMessagesSince, countTenantThings, readCounter } from "../../db/statements/identity/tenant-usage.ts";
import { announceAccessChange } from "../../access/access-changes.ts";
import { recordAudit } from "../../access/audit.ts";
import { cachedPerTenant } from "../../access/caching/cache.ts";
import { principalOf, type Call } from "../../access/call.ts";
import { changeCurrent, expectedVersion, sendVersion } from "../../access/etag.ts";
import { DEFAULT_SETTINGS, quotasOf, viewTenant } from "../../access/tenant-view.ts";
import type { TenantService } from "./types.ts";

const MEGABYTE = 1_048_576;

async function usageOf(service: TenantService, tenantId: string, quotas: Quotas, now: Date): Promise<TenantUsage> {
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const [things, thisMonth, today] = await Promise.all([
    countTenantThings(service.database, tenantId, now.getTime()),
    countMessagesSince(service.database, tenantId, monthStart),
    readCounter(service.database, tenantId, "messages", now.toISOString().slice(0, 10)),
  ]);
  return {
    at: now.toISOString(),
    sessions: { used: things.sessions, limit: quotas.sessions },
    sessionsConnected: things.sessions_connected,
    users: { used: things.users, limit: quotas.users },
    apiKeys: { used: things.api_keys, limit: quotas.apiKeys },
    webhooks: { used: things.webhooks, limit: quotas.webhooks },
    messagesToday: { used: today, limit: quotas.messagesPerDay },
    messagesThisMonth: thisMonth,
    storageMb: { used: Math.round((things.media_bytes / MEGABYTE) * 100) / 100, limit: quotas.storageMb },
  };
}

export const ownActions = {
  async get(this: TenantService, ctx: Call<typeof getTenant>): Promise<Tenant> {
    const { tenantId } = principalOf(ctx);
    const row = await this.tables.tenants.get(tenantId, tenantId);
    sendVersion(ctx, row.version);
    return viewTenant(row);
  },

  async update(this: TenantService, ctx: Call<typeof updateTenant>): Promise<Tenant> {
    const { tenantId } = principalOf(ctx);
    const { name, settings } = ctx.params.body;
    const expected = expectedVersion(ctx);
    // Settings are merged with what was read, so the version read is asked for even when the client asks for none.
    const changed = await changeCurrent(expected, async () => {
      const row = await this.tables.tenants.get(tenantId, tenantId);
      const changes: Partial<TenantRow> = {
        updatedAt: Date.now(),
        ...(name === undefined ? {} : { name }),
        ...(settings === undefined ? {} : { settings: { ...row.settings, ...settings } as TenantRow["settings"] }),
      };
      return this.tables.tenants.update(tenantId, tenantId, changes, expected ?? row.version);
    });
    await recordAudit(this.database, ctx, { action: "tenant.updated", target: tenantId, detail: ctx.params.body });
    await announceAccessChange(this.broker, { tenantId });
    sendVersion(ctx, changed.version);
    return viewTenant(changed);
  },

  async usage(this: TenantService, ctx: Call<typeof getUsage>): Promise<TenantUsage> {
    const { tenantId } = principalOf(ctx);
    const row = await this.tables.tenants.get(tenantId, tenantId);
    return usageOf(this, tenantId, quotasOf(row), new Date());
  },

  /** What a tenant is allowed, for the services that hold it to that. Asked for at every send, so its answers are kept. */
  limits: {
    visibility: "public" as const,
    cache: cachedPerTenant(30),
    async handler(this: TenantService, ctx: Context<{ tenantId: string }>): Promise<TenantLimits> {
      const { tenantId } = ctx.params;
      const row = await this.tables.tenants.get(tenantId, tenantId);
      return {
        status: row.status,
        plan: row.plan,
        quotas: quotasOf(row),
        settings: { ...DEFAULT_SETTINGS, ...row.settings },
      };
    },
  },
};
