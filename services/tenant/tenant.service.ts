/** Tenants: what they are called, how they are set up, what they are allowed and what they use. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import type { TenantLimits } from "../../contracts/plans.ts";
import { tenantTable } from "../../db/models/tenant.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import { DEFAULT_SETTINGS, quotasOf } from "../../mixins/tenant-view.ts";
import type { TenantLocals } from "./door.ts";

export default {
  name: "tenant",
  mixins: [tableMixin({ tenants: tenantTable }), secretsMixin, databaseMixin],

  actions: {
    /** What a tenant is allowed, for the services that hold it to that. */
    limits: {
      visibility: "public",
      async handler(ctx: Context<{ tenantId: string }>): Promise<TenantLimits> {
        const { tenantId } = ctx.params;
        const row = await this.tables.tenants.get(tenantId, tenantId);
        return { status: row.status, plan: row.plan, quotas: quotasOf(row), settings: { ...DEFAULT_SETTINGS, ...row.settings } };
      },
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, TenantLocals>;
