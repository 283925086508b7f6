/**
 * The messages that this node sent during the last minute. A PostgreSQL standby that is promoted may lack them; then the
 * phones have messages that the database does not know, and they are written again.
 */
import type { EventDraft } from "../contracts/events.ts";
import type { Id } from "../contracts/ids.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow, NewMessage } from "../db/rows/message.ts";
import { insertMessages } from "../db/statements/messages/insert-messages.ts";
import { selectKnownMessages } from "../db/statements/messages/known-messages.ts";
import { toMessageView } from "./message-view.ts";
import type { Outcome } from "./outcome.ts";

type Sent = Extract<Outcome, { kind: "sent" }>;

/** Longer than an asynchronous standby is behind, in ms. */
const KEEP = 60_000;
const MOST = 5_000;

export class RecentSends {
  readonly #sends = new Map<string, { readonly row: MessageRow; readonly outcome: Sent; readonly until: number }>();

  remember(row: MessageRow, outcome: Sent): void {
    this.#sends.set(row.id, { row, outcome, until: performance.now() + KEEP });
    for (const [id, { until }] of this.#sends) {
      if (this.#sends.size <= MOST && until > performance.now()) break;
      this.#sends.delete(id);
    }
  }

  /** Writes those again that the database does not have, and returns their events. */
  async restore(sql: Sql): Promise<EventDraft[]> {
    const sends = [...this.#sends.values()];
    const known = await selectKnownMessages(
      sql,
      sends.map(({ row }) => row.id),
    );
    const lost = sends.filter(({ row }) => !known.has(row.id)).map(({ row, outcome }) => restored(row, outcome));
    if (lost.length === 0) return [];
    const inserted = await insertMessages(sql, lost);
    return lost
      .filter(({ id }) => inserted.has(id))
      .map((row) => ({
        type: "message.sent",
        tenantId: row.tenant_id as Id<"tenant">,
        sessionId: row.session_id as Id<"session">,
        data: { messageId: row.id, chatId: row.chat_id, message: toMessageView(row) },
      }));
  }
}

/** The message as it was accepted, with the outcome of its send. */
function restored(row: MessageRow, { ack, key, chat, at }: Sent): NewMessage {
  const timeline = [
    ["queued", row.created_at],
    ["sent", at],
  ];
  return {
    ...row,
    chat_id: chat.chatId,
    chat_lid: chat.lid ?? row.chat_lid,
    status: "sent",
    ack,
    wa_key: key,
    error_code: null,
    error_detail: null,
    timeline: JSON.stringify(timeline),
    updated_at: at,
  };
}
