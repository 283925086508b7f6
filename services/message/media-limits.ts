/** What media of a caller are held to: the installation's own limits, and the room that the plan leaves. */
import type { Context } from "moleculer";
import type { TenantLimits } from "../../contracts/plans.ts";
import { principalOf, type CallMeta } from "../../access/call.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import type { MessageService } from "./types.ts";
import type { MediaLimits } from "../../media/media-source.ts";

export function mediaLimitsOf(service: MessageService, ctx: Context<unknown, CallMeta>): MediaLimits {
  const { dataDir, maxMediaBytes, allowPrivateUrls } = configOf(service.broker);
  const { tenantId } = principalOf(ctx);
  const requireRoom = async (bytes: number): Promise<void> => {
    const limits = await service.limits.get(tenantId, () =>
      ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId }),
    );
    await service.storage.require(service.database, tenantId, limits.quotas.storageMb, bytes);
  };
  return { dataDir, maxBytes: maxMediaBytes, allowPrivate: allowPrivateUrls, requireRoom };
}
