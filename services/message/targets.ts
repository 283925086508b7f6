/** The message that a reply, a reaction or a forward refers to. */
import { addressOf, type Address } from "../../contracts/address.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import type { SendMessage } from "../../contracts/message-kinds.ts";
import { chatIdForms } from "../../contracts/number-forms.ts";
import type { Database } from "../../db/database.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { findReferenced } from "../../db/statements/messages/find-message.ts";
import type { SessionRow } from "../../db/statements/sessions/sessions.ts";

/** The message's WhatsApp key, or the one that it will have once it is sent. */
export function keyOf(row: Pick<MessageRow, "wa_key" | "chat_id" | "wa_id">): string {
  return row.wa_key ?? `true_${row.chat_id}_${row.wa_id}`;
}

/**
 * Returns the message that the request refers to; null when it refers to none. Throws a problem for a message of
 * another chat, whose words a reply or a reaction would show to someone who must not see them.
 */
export async function findTarget(
  database: Database,
  session: SessionRow,
  body: SendMessage,
  chatId: string,
): Promise<MessageRow | null> {
  if (body.type === "forward") return requireOfSession(database, session, body.messageId, "/messageId");
  if (body.type === "reaction") {
    const row = await requireOfSession(database, session, body.messageId, "/messageId");
    if (!isOfChat(row, chatId)) throw ofAnotherChat("/messageId", row, "a reaction goes to the chat of its message");
    return row;
  }
  if (body.replyTo === undefined) return null;
  const row = await requireOfSession(database, session, body.replyTo, "/replyTo");
  if (!isOfChat(row, chatId) && !isPrivateReply(row, chatId))
    throw ofAnotherChat("/replyTo", row, "a reply goes to the chat of its message, or privately to its author");
  return row;
}

async function requireOfSession(
  database: Database,
  session: SessionRow,
  reference: string,
  pointer: string,
): Promise<MessageRow> {
  const [row] = await findReferenced(database, session.tenant_id, session.id, reference);
  if (row === undefined) throw fieldProblem("validation", pointer, `this session has no message "${reference}"`);
  return row;
}

function ofAnotherChat(pointer: string, row: MessageRow, rule: string): Error {
  return fieldProblem("validation", pointer, `this message belongs to the chat ${row.chat_id}; ${rule}`);
}

function isOfChat(row: MessageRow, chatId: string): boolean {
  return isSame(addressOf(row.chat_id, row.chat_lid), chatId);
}

/** A reply to a message in a group can go to its author alone; that is WhatsApp's "reply privately". */
function isPrivateReply(row: MessageRow, chatId: string): boolean {
  return row.chat_id.endsWith("@g.us") && row.author !== null && isSame(JSON.parse(row.author) as Address, chatId);
}

/** A chat can be named by any form of its number. */
function isSame({ chatId, lid }: Address, other: string): boolean {
  return lid === other || chatIdForms(chatId).includes(other);
}
