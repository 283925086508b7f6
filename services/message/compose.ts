/** From a request to send to the row that is stored. Nothing here needs the session to be connected. */
import { parseRecipient, phoneOf } from "../../contracts/address.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import { createId, createWaId } from "../../contracts/ids.ts";
import { DEFAULT_EXPIRY, PRIORITIES, SEND_HORIZON, type SendMessage } from "../../contracts/message-kinds.ts";
import type { Batch, SendBulk } from "../../contracts/routes/message.ts";
import type { Database } from "../../db/database.ts";
import { findMessage } from "../../db/statements/messages/find-message.ts";
import type { MediaRow } from "../../db/statements/messages/media.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { countryOf } from "../../access/session-scope.ts";
import type { MessageRow, NewMessage } from "../../db/rows/message.ts";
import type { Composed } from "./accepting.ts";
import { resolveMedia, type MediaLimits } from "../../media/media-source.ts";

/** What every new outbound row has alike. */
export function blankMessage(session: Pick<SessionRow, "id" | "tenant_id" | "state">, now: number): NewMessage {
  const id = createId("message");
  return {
    id,
    tenant_id: session.tenant_id,
    session_id: session.id,
    direction: "outbound",
    type: "text",
    chat_id: "",
    chat_lid: null,
    author: null,
    push_name: null,
    content: "{}",
    text: null,
    media_id: null,
    reply_to: null,
    target_key: null,
    mentions: null,
    client_ref: null,
    batch_id: null,
    retry_of: null,
    status: "queued",
    priority: PRIORITIES.normal,
    send_at: null,
    expires_at: now + DEFAULT_EXPIRY,
    wa_id: createWaId(id),
    wa_key: null,
    ack: null,
    error_code: session.state === "connected" ? null : "session_not_connected",
    error_detail: null,
    timeline: JSON.stringify([["queued", now]]),
    backfill: 0,
    wa_at: null,
    created_at: now,
    updated_at: now,
  };
}

/** The row of a send. Throws problems at the fields that are wrong. */
export async function composeMessage(
  database: Database,
  session: SessionRow,
  body: SendMessage,
  limits: MediaLimits,
): Promise<NewMessage> {
  const now = Date.now();
  const country = countryOf(session);
  const media = "media" in body ? await resolveMedia(database, session.tenant_id, body.type, body.media, limits) : null;
  const target = await findTarget(database, session, body);
  const mentions = body.mentions?.map((mention, index) => parseRecipient(mention, country, `/mentions/${index}`));
  return {
    ...blankMessage(session, now),
    ...timesOf(body, now),
    type: body.type,
    chat_id: parseRecipient(body.to, country, "/to"),
    content: JSON.stringify(contentOf(body, media, country)),
    text: textOf(body),
    media_id: media?.id ?? null,
    reply_to: body.replyTo === undefined ? null : target!.id,
    target_key: target === null ? null : keyOf(target),
    mentions: mentions === undefined ? null : JSON.stringify(mentions),
    client_ref: body.clientRef ?? null,
    priority: PRIORITIES[body.priority],
  };
}

/** The rows of one message to many, and the batch that they make. Media are stored once. */
export async function composeBatch(
  database: Database,
  session: SessionRow,
  body: SendBulk,
  limits: MediaLimits,
): Promise<Composed<Batch>> {
  const id = createId("batch");
  const { recipients, message } = body;
  const country = countryOf(session);
  const chatIds = new Set(recipients.map((to, index) => parseRecipient(to, country, `/recipients/${index}`)));
  const [to] = recipients;
  const model = await composeMessage(database, session, { ...message, to: to! }, limits);
  const rows = [...chatIds].map((chatId): NewMessage => {
    const messageId = createId("message");
    return { ...model, id: messageId, wa_id: createWaId(messageId), chat_id: chatId, batch_id: id };
  });
  const [first, ...rest] = rows;
  const messages = rows.map((row) => ({ id: row.id, to: row.chat_id, waId: row.wa_id }));
  return { messages: [first!, ...rest], answer: { batchId: id, accepted: rows.length, messages } };
}

/** The WhatsApp key of a message; of one that has not left yet, the key that it will have. */
export function keyOf(row: Pick<MessageRow, "wa_key" | "chat_id" | "wa_id">): string {
  return row.wa_key ?? `true_${row.chat_id}_${row.wa_id}`;
}

async function findTarget(database: Database, session: SessionRow, body: SendMessage): Promise<MessageRow | null> {
  const [id, pointer] = "messageId" in body ? [body.messageId, "/messageId"] : [body.replyTo, "/replyTo"];
  if (id === undefined) return null;
  const row = await findMessage<MessageRow>(database, session.tenant_id, id);
  if (row === undefined || row.session_id !== session.id)
    throw fieldProblem("validation", pointer, `this session has no message "${id}"`);
  return row;
}

function timesOf(body: SendMessage, now: number): Pick<NewMessage, "send_at" | "expires_at" | "status" | "timeline"> {
  const sendAt = body.sendAt === undefined ? null : Date.parse(body.sendAt);
  if (sendAt !== null && sendAt > now + SEND_HORIZON)
    throw fieldProblem("validation", "/sendAt", "at most 30 days ahead");
  const due = Math.max(now, sendAt ?? now);
  const expiresAt = body.expiresAt === undefined ? due + DEFAULT_EXPIRY : Date.parse(body.expiresAt);
  if (expiresAt <= due) throw fieldProblem("validation", "/expiresAt", "it has to be later than sendAt and than now");
  const status = due > now ? "scheduled" : "queued";
  return { send_at: sendAt, expires_at: expiresAt, status, timeline: JSON.stringify([[status, now]]) };
}

function textOf(body: SendMessage): string | null {
  if (body.type === "text") return body.text;
  return "caption" in body ? (body.caption ?? null) : null;
}

/** What of the content is not text, media, or common to all sends. */
function contentOf(body: SendMessage, media: MediaRow | null, country: string | null): Record<string, unknown> {
  switch (body.type) {
    case "text":
      return body.linkPreview === undefined ? {} : { linkPreview: body.linkPreview };
    case "location":
      return {
        latitude: body.latitude,
        longitude: body.longitude,
        ...(body.name === undefined ? {} : { name: body.name }),
        ...(body.address === undefined ? {} : { address: body.address }),
      };
    case "contact":
      return {
        contacts: body.contacts.map((contact, index) => ({
          name: contact.name,
          phone: phoneIn(contact.phone, country, `/contacts/${index}/phone`),
        })),
      };
    case "poll":
      if (body.selectableCount > body.options.length)
        throw fieldProblem("validation", "/selectableCount", "at most as many as there are options");
      return { question: body.question, options: body.options, selectableCount: body.selectableCount };
    case "reaction":
      return { emoji: body.emoji };
    case "forward":
      return {};
    default:
      return {
        ...(media === null ? {} : { media: { mimetype: media.mimetype, filename: media.filename, size: media.size } }),
        ...(body.viewOnce === undefined ? {} : { viewOnce: body.viewOnce }),
      };
  }
}

function phoneIn(text: string, country: string | null, pointer: string): string {
  const phone = phoneOf(parseRecipient(text, country, pointer));
  if (phone === null) throw fieldProblem("invalid_phone", pointer, "the number of a phone is expected, not a group");
  return phone;
}
