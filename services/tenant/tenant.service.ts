/** Tenants: their names, settings, limits and usage. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { tenantModel } from "../../db/models/tenant.ts";
import { AUTH_CHANGED, type AccessChange } from "../../contracts/broadcasts.ts";
import { forgetCached } from "../../access/caching/cache.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import type { TenantLocals, TenantService } from "./types.ts";
import { ownActions } from "./own-actions.ts";
import { platformActions } from "./platform-actions.ts";

export default {
  name: "tenant",
  mixins: [tableMixin({ tenants: tenantModel }), secretsMixin, databaseMixin],

  actions: { ...ownActions, ...platformActions },

  events: {
    async [AUTH_CHANGED](this: TenantService, ctx: Context<AccessChange>) {
      const { tenantId, userId, apiKeyId } = ctx.params;
      // A change to one user or key does not affect the tenant's limits.
      if (userId === undefined && apiKeyId === undefined) await forgetCached(this.broker, "tenant.limits", tenantId);
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, TenantLocals>;
