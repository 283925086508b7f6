/** Turns a request into the rows of its messages. The session need not be connected. */
import { systemNow } from "../../concurrency/clock.ts";
import { countryOf } from "../../access/session-scope.ts";
import { RecipientReader } from "../../contracts/address.ts";
import { fieldProblem, isProblem, Problem } from "../../contracts/errors.ts";
import { createId, createWaId } from "../../contracts/ids.ts";
import {
  DEFAULT_EXPIRY,
  normalizeRequest,
  PRIORITIES,
  SEND_HORIZON,
  toStoredContent,
  type SendMessage,
} from "../../contracts/message-kinds.ts";
import { uniqueChats } from "../../contracts/number-forms.ts";
import type { Batch, SendBulk } from "../../contracts/routes/message.ts";
import type { Database } from "../../db/database.ts";
import { newMessage, type NewMessage } from "../../db/rows/message.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";
import { resolveMedia, type MediaLimits } from "../../media/media-source.ts";
import type { Composed } from "./accept.ts";
import { toKnownChats } from "./known-chats.ts";
import { requireAllWritable } from "./recipient.ts";
import { keyOf, findTarget } from "./targets.ts";

/** A new outbound message of the session, queued now unless `given` has another status. */
export function newOutbound(
  session: Pick<SessionRow, "id" | "tenant_id" | "state" | "queue_pause">,
  now: number,
  given: Pick<NewMessage, "type" | "chat_id"> & Partial<NewMessage>,
): NewMessage {
  return newMessage({
    tenant_id: session.tenant_id,
    session_id: session.id,
    direction: "outbound",
    status: "queued",
    expires_at: now + DEFAULT_EXPIRY,
    error_code: session.queue_pause ?? (session.state === "connected" ? null : "session_not_connected"),
    created_at: now,
    ...given,
  });
}

/**
 * The row of a message to be sent, to `chat` if it is given, otherwise to the recipient in the request. Throws problems
 * that point to the invalid fields.
 */
export async function composeMessage(
  database: Database,
  session: SessionRow,
  body: SendMessage,
  limits: MediaLimits,
  chat: string | null = null,
): Promise<NewMessage> {
  const now = systemNow();
  const country = countryOf(session);
  const { chatId, mentions } = chat === null ? readRecipients(body, country) : { chatId: chat, mentions: [] };
  if ("mentionAll" in body && body.mentionAll === true && !chatId.endsWith("@g.us"))
    throw fieldProblem("validation", "/mentionAll", "only a message to a group can mention everyone in it");
  const [known] = (await toKnownChats(database, scopeOf(session), [chatId])) as [string];
  const { row: media, voice } =
    "media" in body
      ? await resolveMedia(database, session.tenant_id, body.type, body.media, limits)
      : { row: null, voice: null };
  const target = await findTarget(database, session, body, known);
  return newOutbound(session, now, {
    ...timesOf(body, now),
    chat_id: known,
    ...toStoredContent({ ...normalizeRequest(body, country), ...voice }, media),
    media_id: media?.id ?? null,
    reply_to: "replyTo" in body && target !== null ? target.id : null,
    target_key: target === null ? null : keyOf(target),
    mentions: mentions.length === 0 ? null : JSON.stringify(mentions),
    client_ref: body.clientRef ?? null,
    priority: PRIORITIES[body.priority],
  });
}

/** The rows of a message to many recipients, and their batch. Media are stored once. */
export async function composeBatch(
  database: Database,
  session: SessionRow,
  body: SendBulk,
  limits: MediaLimits,
): Promise<Composed<Batch>> {
  const batchId = createId("batch");
  const { recipients, message } = body;
  const country = countryOf(session);
  const given = requireAllWritable(recipients, country, (index) => `/recipients/${index}`);
  const chatIds = uniqueChats(await toKnownChats(database, scopeOf(session), given));
  const [to] = recipients;
  if ("mentionAll" in message && message.mentionAll === true && !chatIds.every((chatId) => chatId.endsWith("@g.us")))
    throw fieldProblem("validation", "/message/mentionAll", "only a message to groups can mention everyone in them");
  const template = await composeMessage(database, session, { ...message, to: to! }, limits).catch(rethrowOfMessage);
  const rows = chatIds.map((chatId): NewMessage => {
    const id = createId("message");
    return { ...template, id, wa_id: createWaId(id), chat_id: chatId, batch_id: batchId };
  });
  const [first, ...rest] = rows;
  const messages = rows.map((row) => ({ id: row.id, to: row.chat_id, waId: row.wa_id }));
  return { messages: [first!, ...rest], answer: { batchId, accepted: rows.length, messages } };
}

function scopeOf({ tenant_id: tenantId, id: sessionId }: SessionRow) {
  return { tenantId, sessionId };
}

/** The people whom a request names. Throws a problem with an error for each that cannot be read. */
function readRecipients(body: SendMessage, country: string | null): { chatId: string; mentions: string[] } {
  const reader = new RecipientReader(country);
  const chatId = reader.readWritable(body.to, "/to") ?? "";
  const mentioned = "mentions" in body ? (body.mentions ?? []) : [];
  const mentions = mentioned.map((mention, index) => reader.read(mention, `/mentions/${index}`) ?? "");
  reader.finish();
  return { chatId, mentions };
}

/** Points the problem of a batch's message to the field in the request. */
function rethrowOfMessage(error: unknown): never {
  if (!isProblem(error) || error.data.errors === undefined) throw error;
  const errors = error.data.errors.map((field) => ({ ...field, pointer: `/message${field.pointer}` }));
  throw new Problem(error.type, error.message, { ...error.data, errors });
}

function timesOf(body: SendMessage, now: number): Pick<NewMessage, "send_at" | "expires_at" | "status"> {
  const sendAt = body.sendAt === undefined ? null : Date.parse(body.sendAt);
  if (sendAt !== null && sendAt > now + SEND_HORIZON)
    throw fieldProblem("validation", "/sendAt", "at most 30 days ahead");
  const due = Math.max(now, sendAt ?? now);
  const expiresAt = body.expiresAt === undefined ? due + DEFAULT_EXPIRY : Date.parse(body.expiresAt);
  if (expiresAt <= due) throw fieldProblem("validation", "/expiresAt", "must be later than now, and than sendAt");
  return { send_at: sendAt, expires_at: expiresAt, status: due > now ? "scheduled" : "queued" };
}
