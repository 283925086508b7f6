/** `this` of the tenant service's actions. */
import type { Service } from "moleculer";
import type { tenantModel } from "../../db/models/tenant.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { TableLocals } from "../../mixins/table.mixin.ts";

export interface TenantLocals
  extends DatabaseLocals, SecretsLocals, TableLocals<{ readonly tenants: typeof tenantModel }> {}

export type TenantService = Service & TenantLocals;
