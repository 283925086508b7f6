/** Internal actions: media for the requests of other services. */
import { z } from "zod";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { MediaSource, type StoredMedia } from "../../contracts/media.ts";
import { MEDIA_KINDS } from "../../contracts/media-kinds.ts";
import { resolveMedia } from "../../media/media-source.ts";
import { mediaLimitsOf } from "./media-limits.ts";
import type { MessageService } from "./types.ts";

const { internal } = actionsOf<MessageService>();

export const internalActions = {
  /**
   * Stores media of a request for the calling tenant, as those of a message. `path` of the answer is below the data
   * directory, which every process has at a place of its own. Problems point to `/media`.
   */
  storeMedia: internal(
    z.strictObject({ kind: z.enum(MEDIA_KINDS), media: MediaSource }),
    async function (ctx): Promise<StoredMedia> {
      const { kind, media } = ctx.params;
      const { tenantId } = principalOf(ctx);
      const { row } = await resolveMedia(this.database, tenantId, kind, media, mediaLimitsOf(this, ctx));
      return { path: row.path, mimetype: row.mimetype, filename: row.filename, size: row.size };
    },
  ),
};
