/**
 * WhatsApp sessions as a resource: reads, and the desired state, which the session nodes act on. It needs the database
 * only, so every process that has it can answer; what needs the session's actor is passed on to the node that runs it.
 */
import type { Context, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { AUTH_CHANGED, STATES_UNWRITTEN, type AccessChange, type UnwrittenStates } from "../../contracts/broadcasts.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import { stopTenantSessions } from "../../db/statements/sessions/placements.ts";
import { databaseMixin } from "../../mixins/database.mixin.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { announceDesired, lifecycleActions } from "./lifecycle-actions.ts";
import { linkingActions } from "./linking-actions.ts";
import { resourceActions } from "./resource-actions.ts";
import type { SessionLocals } from "./types.ts";
import { UnwrittenStateCache } from "./unwritten-states.ts";

export default {
  name: "session",
  mixins: [secretsMixin, databaseMixin],

  created() {
    this.unwritten = new UnwrittenStateCache();
  },

  actions: { ...resourceActions, ...lifecycleActions, ...linkingActions },

  events: {
    [STATES_UNWRITTEN](ctx: Context<UnwrittenStates>) {
      this.unwritten.note(ctx.params);
    },

    /** Suspending a tenant stops its sessions. One that was started meanwhile, under old limits, is stopped here. */
    async [AUTH_CHANGED](ctx: Context<AccessChange>) {
      const { tenantId, userId, apiKeyId, loginId } = ctx.params;
      if (userId !== undefined || apiKeyId !== undefined || loginId !== undefined) return;
      const limits = await this.broker
        .call<TenantLimits | null, { tenantId: string }>("tenant.limits", { tenantId })
        .catch(() => null);
      if (limits?.status !== "suspended") return;
      if ((await stopTenantSessions(this.database, tenantId)) > 0) announceDesired(this.broker);
    },
  },
} satisfies ServiceSchema<ServiceSettingSchema, object, SessionLocals>;
