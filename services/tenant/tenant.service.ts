/** Tenants: what they are called, how they are set up, what they are allowed and what they use. */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { tenantTable } from "../../db/models/tenant.ts";
import { AUTH_CHANGED, type AccessChange } from "../../mixins/access-changes.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { Recall } from "../../mixins/recall.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { tableMixin } from "../../mixins/table.mixin.ts";
import type { TenantLocals, TenantService } from "./door.ts";
import { ownActions } from "./own-actions.ts";
import { platformActions } from "./platform-actions.ts";

export default {
  name: "tenant",
  mixins: [tableMixin({ tenants: tenantTable }), secretsMixin, databaseMixin],

  actions: { ...ownActions, ...platformActions },

  events: {
    [AUTH_CHANGED](this: TenantService, ctx: Context<AccessChange>) {
      this.known.forget((_limits, tenantId) => tenantId === ctx.params.tenantId);
    },
  },

  created() {
    this.known = new Recall();
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, TenantLocals>;
