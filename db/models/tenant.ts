import type { Id } from "../../contracts/ids.ts";
import type { Plan, Quotas } from "../../contracts/plans.ts";
import type { TenantSettings } from "../../contracts/routes/tenant.ts";
import { id, integer, json, text } from "./columns.ts";
import { defineModel } from "./model.ts";

export interface TenantRow {
  readonly id: Id<"tenant">;
  readonly name: string;
  readonly plan: Plan;
  readonly status: "active" | "suspended";
  /** Only the quotas that differ from the plan's. */
  readonly quotas: Partial<Quotas>;
  readonly settings: Partial<TenantSettings>;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export const tenantModel = defineModel<TenantRow>({
  table: "tenants",
  tenantColumn: "id",
  attributes: {
    id,
    name: text,
    plan: text,
    status: text,
    quotas: json("quotas"),
    settings: json("settings"),
    version: integer,
    created_at: integer,
    updated_at: integer,
  },
});
