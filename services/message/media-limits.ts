/** The limits for a caller's media: those of the installation, and the storage left in the tenant's plan. */
import type { Context } from "moleculer";
import { principalOf, type CallMeta } from "../../access/call.ts";
import type { MediaLimits } from "../../media/media-source.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { limitsOf } from "./tenant-limits.ts";
import type { MessageService } from "./types.ts";

export function mediaLimitsOf(service: MessageService, ctx: Context<unknown, CallMeta>): MediaLimits {
  const { dataDir, maxMediaBytes, allowPrivateUrls } = configOf(service.broker);
  const { tenantId } = principalOf(ctx);
  const requireRoom = async (bytes: number): Promise<void> => {
    const { quotas } = await limitsOf(service, ctx);
    await service.storage.require(service.database, tenantId, quotas.storageMb, bytes);
  };
  return { dataDir, maxBytes: maxMediaBytes, allowPrivate: allowPrivateUrls, ffmpeg: service.ffmpeg, requireRoom };
}
