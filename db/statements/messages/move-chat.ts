import type { Sql } from "../../database.ts";

/** A message that belongs to another chat than it was addressed to. */
export interface ChatMove {
  readonly sessionId: string;
  readonly seq: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Moves the message, and the session's messages to the same chat that were never sent, with the keys of the messages
 * that they refer to: the order within the chat stays, and a reply to a message that was queued before it finds that
 * message. A statement of its own, because the statement that saves statuses would rewrite the indexes of chats.
 */
export async function moveToChat(sql: Sql, { sessionId, seq, from, to }: ChatMove): Promise<void> {
  await sql.run(
    `UPDATE messages SET chat_id = $3, target_key = replace(target_key, $4, $5)
     WHERE session_id = $1 AND chat_id = $2 AND (seq = $6 OR (direction = 'outbound' AND wa_key IS NULL))`,
    [sessionId, from, to, `_${from}_`, `_${to}_`, seq],
  );
}
