/** Messages for the tests of the queue, below HTTP. */
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { newMessage, type MessageRow, type NewMessage } from "../../db/rows/message.ts";
import { findMessage } from "../../db/statements/messages/find-message.ts";
import { createAcceptor, type AcceptRequest } from "../../outbox/accept.ts";

export const CHAT = "15550100001@c.us";

/** A text to be sent. */
export function newText(tenantId: Id<"tenant">, sessionId: Id<"session">, given: Partial<NewMessage> = {}): NewMessage {
  const now = Date.now();
  return newMessage({
    tenant_id: tenantId,
    session_id: sessionId,
    direction: "outbound",
    type: "text",
    text: "x",
    chat_id: CHAT,
    status: "queued",
    expires_at: now + 60_000,
    created_at: now,
    ...given,
  });
}

/** The request to accept the messages, without a key or a quota unless given. */
export function requestOf(
  messages: readonly [NewMessage, ...NewMessage[]],
  given: Partial<AcceptRequest> = {},
): AcceptRequest {
  return { messages, answer: { status: 202, body: "{}" }, idempotency: null, dailyQuota: null, ...given };
}

/** Accepts the message in a transaction of its own. */
export async function accept(database: Database, message: NewMessage): Promise<void> {
  await createAcceptor(database, () => undefined).submit(requestOf([message]));
}

/** The row of a message that is stored. */
export async function rowOf(database: Database, { tenant_id, id }: NewMessage): Promise<MessageRow> {
  return (await findMessage(database, tenant_id, id))!;
}
