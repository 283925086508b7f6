/** Inbound messages: stored with their media and reported once, however often WhatsApp delivers them. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { EventDraft } from "../../contracts/events.ts";
import { toStoredContent } from "../../contracts/message-kinds.ts";
import type { InboundMessage, SessionRun } from "../../contracts/transport.ts";
import type { Sql } from "../../db/database.ts";
import type { MediaRow } from "../../db/rows/media.ts";
import { newMessage, type NewMessage } from "../../db/rows/message.ts";
import { findMessageId } from "../../db/statements/messages/find-message.ts";
import { insertMessages } from "../../db/statements/messages/insert-messages.ts";
import { findMedia, insertMedia } from "../../db/statements/messages/media.ts";
import { writeMedia } from "../../media/media-store.ts";
import { toMessageView } from "../../outbox/message-view.ts";
import { idOfKey, isOwnKey, keyWithLid, waIdOfKey } from "../../contracts/message-key.ts";

/** An inbound message whose media are on disk. */
export interface PreparedInbound {
  readonly message: InboundMessage;
  readonly media: MediaRow | null;
  readonly dataDir: string;
}

/** Writes the media to disk, outside the transaction. A message without media is returned synchronously. */
export function prepareInbound(
  dataDir: string,
  run: SessionRun,
  message: InboundMessage,
): PreparedInbound | Promise<PreparedInbound> {
  const bytes = "media" in message.content ? message.content.media : null;
  if (bytes === null) return { message, media: null, dataDir };
  return writeMedia(dataDir, { tenantId: run.tenantId, ...bytes }).then((media) => ({ message, media, dataDir }));
}

/** Inserts the message unless it is stored already, and returns the event if it was new. */
export async function recordInbound(
  sql: Sql,
  run: SessionRun,
  prepared: PreparedInbound,
  now: number,
): Promise<EventDraft[]> {
  const { message, media, dataDir } = prepared;
  const replyTo = message.quoted === null ? null : await findMessageId(sql, run.sessionId, waIdOfKey(message.quoted));
  const row = toRow(run, prepared, replyTo, now);
  const lidKey = message.backfill ? keyWithLid(message.key, message.chat.lid) : null;
  const isKnown = lidKey !== null && (await findMessageId(sql, run.sessionId, lidKey)) !== null;
  if (isKnown || (await insertMessages(sql, [row])).size === 0) {
    // If a lost commit is repeated, the stored row is ours and has these media; otherwise they are a second copy.
    const isOurs = media !== null && (await findMedia(sql, run.tenantId, media.id)) !== undefined;
    if (media !== null && !isOurs) await rm(join(dataDir, media.path), { force: true });
    return [];
  }
  if (media !== null) await insertMedia(sql, media);
  return [
    {
      type: row.direction === "outbound" ? "message.sent" : "message.received",
      tenantId: run.tenantId,
      sessionId: run.sessionId,
      data: { messageId: row.id, chatId: row.chat_id, message: toMessageView(row) },
    },
  ];
}

function toRow(run: SessionRun, { message, media }: PreparedInbound, replyTo: string | null, now: number): NewMessage {
  const isOwn = isOwnKey(message.key);
  const status = isOwn ? "sent" : "received";
  return newMessage({
    ...toStoredContent(message.content, media),
    tenant_id: run.tenantId,
    session_id: run.sessionId,
    direction: isOwn ? "outbound" : "inbound",
    chat_id: message.chat.chatId,
    chat_lid: message.chat.lid,
    author: isOwn ? null : JSON.stringify(message.from),
    push_name: message.pushName,
    media_id: media?.id ?? null,
    reply_to: replyTo,
    target_key: message.quoted,
    mentions: message.mentions.length === 0 ? null : JSON.stringify(message.mentions),
    status,
    wa_id: waIdOfKey(message.key),
    stanza_id: isOwn ? null : idOfKey(message.key),
    wa_key: message.key,
    timeline: JSON.stringify([[status, message.at]]),
    backfill: message.backfill ? 1 : 0,
    wa_at: message.at,
    created_at: now,
  });
}
