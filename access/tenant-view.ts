/** The public view of a tenant row, and its effective quotas. */
import { PLAN_QUOTAS, type Quotas } from "../contracts/plans.ts";
import type { Tenant, TenantSettings } from "../contracts/routes/tenant.ts";
import type { TenantRow } from "../db/models/tenant.ts";

export const DEFAULT_SETTINGS: TenantSettings = { country: null, timezone: "UTC" };

/** The effective quotas: the tenant's own where set, otherwise the plan's. */
export function quotasOf(row: TenantRow): Quotas {
  return { ...PLAN_QUOTAS[row.plan], ...row.quotas };
}

export function viewTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    plan: row.plan,
    status: row.status,
    quotas: quotasOf(row),
    settings: { ...DEFAULT_SETTINGS, ...row.settings },
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
