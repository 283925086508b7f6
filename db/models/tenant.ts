import type { Id } from "../../contracts/ids.ts";
import type { Plan, Quotas } from "../../contracts/plans.ts";
import type { TenantSettings } from "../../contracts/routes/tenant.ts";
import { defineTable } from "./table.ts";

export interface TenantRow {
  readonly id: Id<"tenant">;
  readonly name: string;
  readonly plan: Plan;
  readonly status: "active" | "suspended";
  /** Only what differs from the plan. */
  readonly quotas: Partial<Quotas>;
  readonly settings: Partial<TenantSettings>;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export const tenantTable = defineTable<TenantRow>({
  name: "tenants",
  tenantColumn: "id",
  columns: {
    id: "text",
    name: "text",
    plan: "text",
    status: "text",
    quotas: "json",
    settings: "json",
    version: "integer",
    createdAt: "integer",
    updatedAt: "integer",
  },
});
