/** Internal actions: media for the requests of other services. */
import { z } from "zod";
import { principalOf } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { MediaSource, type StoredMedia } from "../../contracts/media.ts";
import { MEDIA_KINDS } from "../../contracts/media-kinds.ts";
import { requireSession } from "../../access/session-scope.ts";
import { SendMessage } from "../../contracts/message-kinds.ts";
import type { Message } from "../../contracts/message.ts";
import { accept, oneMessage } from "./accept.ts";
import { composeMessage } from "./compose.ts";
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

  /** Queues the text with which a session answers the calls that it rejects. */
  answerCall: internal(
    z.strictObject({ sessionId: z.string(), callId: z.string(), to: z.string(), text: z.string() }),
    async function (ctx): Promise<Message> {
      const { sessionId, to, text } = ctx.params;
      const session = await requireSession(this.database, principalOf(ctx), sessionId);
      const body = SendMessage.parse({ to, type: "text", text });
      return accept(this, ctx, `call ${sessionId}`, async () =>
        oneMessage(await composeMessage(this.database, session, body, mediaLimitsOf(this, ctx))),
      );
    },
  ),
};
