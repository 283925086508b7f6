/** The public view of a message row. */
import { addressOf, type Address } from "../contracts/address.ts";
import { idOfKey } from "../contracts/message-key.ts";
import type { MediaInfo } from "../contracts/media.ts";
import { priorityName } from "../contracts/message-kinds.ts";
import type { Message, TimelineEntry } from "../contracts/message.ts";
import { toPublicStatus } from "../contracts/states.ts";
import type { MessageRow, NewMessage, StoredTimelineEntry } from "../db/rows/message.ts";

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The columns that a message does not have until it is inserted. */
const UNSENT = {
  attempts: 0,
  next_attempt_at: null,
  claim_epoch: null,
  claim_deadline: null,
  edited_at: null,
  revoked_at: null,
  reactions: null,
  votes: null,
} as const;

/** The view of a message that is stored, or about to be. */
export function toMessageView(given: MessageRow | NewMessage): Message {
  const row = { ...UNSENT, ...given };
  const { media, ...content } = JSON.parse(row.content) as { media?: MediaInfo } & Message["content"];
  const status = toPublicStatus(row.status);
  return {
    id: row.id,
    sessionId: row.session_id,
    direction: row.direction,
    type: row.type,
    chat: addressOf(row.chat_id, row.chat_lid),
    from: row.author === null ? null : (JSON.parse(row.author) as Address),
    pushName: row.push_name,
    status,
    text: row.text,
    content,
    media: media === undefined ? null : { ...media, url: `/api/v1/messages/${row.id}/media` },
    replyTo: row.reply_to,
    mentions: row.mentions === null ? [] : (JSON.parse(row.mentions) as string[]),
    reactions: row.reactions === null ? {} : (JSON.parse(row.reactions) as Record<string, string>),
    waId: idOfKey(row.wa_id),
    waKey: row.wa_key,
    clientRef: row.client_ref,
    batchId: row.batch_id,
    retryOf: row.retry_of,
    priority: priorityName(row.priority),
    attempts: row.attempts,
    error: status === "failed" && row.error_code !== null ? { code: row.error_code, detail: row.error_detail } : null,
    waiting: status === "queued" || status === "sending" ? row.error_code : null,
    sendAt: isoOrNull(row.send_at),
    expiresAt: isoOrNull(row.expires_at),
    editedAt: isoOrNull(row.edited_at),
    revokedAt: isoOrNull(row.revoked_at),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

/** The timeline of a message, oldest first. */
export function toTimeline(row: MessageRow): TimelineEntry[] {
  return (JSON.parse(row.timeline) as StoredTimelineEntry[]).map(([status, at, detail]) => ({
    status,
    at: new Date(at).toISOString(),
    ...(detail === undefined ? {} : { detail }),
  }));
}
