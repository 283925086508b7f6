/** Cancellation of a message that has not been claimed yet. */
import { systemNow } from "../concurrency/clock.ts";
import { Problem } from "../contracts/errors.ts";
import type { Database } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { lockMessagesById } from "../db/statements/messages/lock-messages.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import { MessageChange } from "./message-change.ts";
import { canMove } from "./message-states.ts";

/** Cancels the message and returns its new row, or throws the problem `not_cancellable`. */
export async function cancelMessage(database: Database, id: string): Promise<MessageRow> {
  return database.transaction(async (sql) => {
    const now = systemNow();
    const row = (await lockMessagesById(sql, [id]))[0];
    if (row === undefined) throw new Problem("not_found");
    if (!canMove("cancel", row.status, "cancelled"))
      throw new Problem("not_cancellable", `it is ${row.status}`, { facts: { status: row.status } });
    const change = new MessageChange(row, now);
    change.set({ error_code: null, error_detail: null });
    change.move("cancel", "cancelled", now);
    await saveStatuses(sql, [change.toStatusChange()]);
    await appendEvents(sql, change.events(), now);
    return { ...change.row, updated_at: now };
  });
}
