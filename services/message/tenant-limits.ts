/** The limits of the calling tenant: from the cache, or from the tenant service. */
import type { Context } from "moleculer";
import { principalOf, type CallMeta } from "../../access/call.ts";
import type { TenantLimits } from "../../contracts/plans.ts";
import type { MessageService } from "./types.ts";

export function limitsOf(service: MessageService, ctx: Context<unknown, CallMeta>): Promise<TenantLimits> {
  const { tenantId } = principalOf(ctx);
  return service.limits.get(tenantId, () =>
    ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId }),
  );
}
