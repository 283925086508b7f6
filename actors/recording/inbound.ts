/** Inbound messages: stored once however often they come, with their media, and told once. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createId } from "../../contracts/ids.ts";
import type { EventDraft } from "../../contracts/events.ts";
import type { Sql } from "../../db/database.ts";
import { findMedia, insertMedia, type MediaRow } from "../../db/statements/messages/media.ts";
import { insertMessages } from "../../db/statements/messages/insert-messages.ts";
import { findMessageId } from "../../db/statements/messages/find-message.ts";
import type { InboundMessage } from "../../contracts/transport.ts";
import { writeMedia } from "../../media/media-store.ts";
import type { NewMessage } from "../../db/rows/message.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import { isOwnKey, waIdOfKey } from "./key.ts";
import type { EventOrigin } from "./event-origin.ts";

/** An inbound message whose media are on disk already. */
export interface PreparedInbound {
  readonly message: InboundMessage;
  readonly media: MediaRow | null;
  readonly dataDir: string;
}

/** Puts the media on disk, outside the transaction. A message without media is ready at once, and no promise. */
export function prepareInbound(
  dataDir: string,
  source: EventOrigin,
  message: InboundMessage,
): PreparedInbound | Promise<PreparedInbound> {
  const bytes = "media" in message.content ? message.content.media : null;
  if (bytes === null) return { message, media: null, dataDir };
  return writeMedia(dataDir, { tenantId: source.tenantId, ...bytes }).then((media) => ({ message, media, dataDir }));
}

/** Inserts the message unless it is there already, and returns the event when it was new. */
export async function recordInbound(
  sql: Sql,
  source: EventOrigin,
  prepared: PreparedInbound,
  now: number,
): Promise<EventDraft[]> {
  const { message, media, dataDir } = prepared;
  const replyTo =
    message.quoted === null ? null : await findMessageId(sql, source.sessionId, waIdOfKey(message.quoted));
  const row = toRow(source, prepared, replyTo, now);
  const inserted = await insertMessages(sql, [row]);
  if (inserted.size === 0) {
    // A second try after a commit whose answer was lost finds its own row, and the media belong to it.
    const isOurs = media !== null && (await findMedia(sql, source.tenantId, media.id)) !== undefined;
    if (media !== null && !isOurs) await rm(join(dataDir, media.path), { force: true });
    return [];
  }
  if (media !== null) await insertMedia(sql, media);
  const type = row.direction === "outbound" ? "message.sent" : "message.received";
  return [
    {
      type,
      tenantId: source.tenantId,
      sessionId: source.sessionId,
      data: { messageId: row.id, chatId: row.chat_id, message: toMessageView(row) },
    },
  ];
}

/** The content column: what the type holds beside its text, and the facts about its media. */
function toContent(message: InboundMessage, media: MediaRow | null): { content: string; text: string | null } {
  const { content } = message;
  const facts =
    media === null ? {} : { media: { mimetype: media.mimetype, filename: media.filename, size: media.size } };
  switch (content.type) {
    case "text":
      return { content: "{}", text: content.text };
    case "image":
    case "video":
    case "audio":
    case "voice":
    case "document":
    case "sticker":
      return {
        content: JSON.stringify({
          ...facts,
          ...(content.viewOnce === undefined ? {} : { viewOnce: content.viewOnce }),
        }),
        text: content.caption ?? null,
      };
    default: {
      const { type: _type, ...rest } = content;
      return { content: JSON.stringify(rest), text: null };
    }
  }
}

function toRow(
  source: EventOrigin,
  { message, media }: PreparedInbound,
  replyTo: string | null,
  now: number,
): NewMessage {
  const own = isOwnKey(message.key);
  const { content, text } = toContent(message, media);
  const status = own ? "sent" : "received";
  return {
    id: createId("message"),
    tenant_id: source.tenantId,
    session_id: source.sessionId,
    direction: own ? "outbound" : "inbound",
    type: message.content.type,
    chat_id: message.chat.chatId,
    chat_lid: message.chat.lid,
    author: own ? null : JSON.stringify(message.from),
    push_name: message.pushName,
    content,
    text,
    media_id: media?.id ?? null,
    reply_to: replyTo,
    target_key: message.quoted,
    mentions: message.mentions.length === 0 ? null : JSON.stringify(message.mentions),
    client_ref: null,
    batch_id: null,
    retry_of: null,
    status,
    priority: 5,
    send_at: null,
    expires_at: null,
    wa_id: waIdOfKey(message.key),
    wa_key: message.key,
    ack: null,
    error_code: null,
    error_detail: null,
    timeline: JSON.stringify([[status, message.at]]),
    backfill: message.backfill ? 1 : 0,
    wa_at: message.at,
    created_at: now,
    updated_at: now,
  };
}
