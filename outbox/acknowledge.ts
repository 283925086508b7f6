/** WhatsApp's acknowledgements of messages that were sent: delivered, read, played. */
import type { EventDraft } from "../contracts/events.ts";
import type { Sql } from "../db/database.ts";
import { lockMessagesByWaId } from "../db/statements/messages/lock-messages.ts";
import { MessageChange } from "./message-change.ts";
import { saveChanges } from "./save-changes.ts";

export interface Acknowledgement {
  readonly sessionId: string;
  readonly waId: string;
  /** WhatsApp's acknowledgement level. */
  readonly ack: number;
  /** Unix ms. */
  readonly at: number;
  /** The id that WhatsApp has for the chat. */
  readonly chatId: string;
}

/**
 * Moves the acknowledged messages up and returns the events; acknowledgements of messages that are not ours are
 * ignored.
 */
export async function acknowledgeMessages(
  sql: Sql,
  acknowledgements: readonly Acknowledgement[],
  now: number,
): Promise<EventDraft[]> {
  if (acknowledgements.length === 0) return [];
  const rows = await lockMessagesByWaId(sql, acknowledgements);
  const changes = new Map<string, MessageChange>(
    rows
      .filter((row) => row.direction === "outbound")
      .map((row) => [`${row.session_id} ${row.wa_id}`, new MessageChange(row, now)]),
  );
  for (const { sessionId, waId, ack, at, chatId } of acknowledgements) {
    const change = changes.get(`${sessionId} ${waId}`);
    // The acknowledgement can come before the receipt, which has the chat too.
    change?.setChat(chatId);
    change?.applyAck(ack, at);
  }
  return saveChanges(
    sql,
    [...changes.values()].filter((change) => change.isChanged),
    now,
  );
}
