/** Tenants: what they are called, how they are set up, what they are allowed and what they use. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { tenantTable } from "../../db/models/tenant.ts";
import { AUTH_CHANGED, type AccessChange } from "../../access/access-changes.ts";
import { forgetCached } from "../../access/caching/cache.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import type { TenantLocals, TenantService } from "./types.ts";
import { ownActions } from "./own-actions.ts";
import { platformActions } from "./platform-actions.ts";

export default {
  name: "tenant",
  mixins: [tableMixin({ tenants: tenantTable }), secretsMixin, databaseMixin],

  actions: { ...ownActions, ...platformActions },

  events: {
    async [AUTH_CHANGED](this: TenantService, ctx: Context<AccessChange>) {
      const { tenantId, userId, apiKeyId } = ctx.params;
      // What one user or key may do changes nothing of what the tenant is allowed.
      if (userId === undefined && apiKeyId === undefined) await forgetCached(this.broker, "tenant.limits", tenantId);
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, TenantLocals>;
