/** What the tenant service's actions find in `this`. */
import type { Service } from "moleculer";
import type { tenantTable } from "../../db/models/tenant.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { Recall } from "../../mixins/recall.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";

export interface TenantLocals extends DatabaseLocals, SecretsLocals, TableLocals<{ readonly tenants: typeof tenantTable }> {
  /** What tenants are allowed, by their ids. */
  known: Recall<TenantLimits>;
}

export type TenantService = Service & TenantLocals;
