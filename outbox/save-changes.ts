/** Saves changed messages, with the chats that they moved to and the effects that they have on other messages. */
import type { EventDraft } from "../contracts/events.ts";
import type { Sql } from "../db/database.ts";
import { moveToChat } from "../db/statements/messages/move-chat.ts";
import { saveStatuses } from "../db/statements/messages/save-statuses.ts";
import type { MessageChange } from "./message-change.ts";
import { applySentChanges } from "./sent-changes.ts";

/** Saves the changes and returns the events that they cause. */
export async function saveChanges(sql: Sql, changes: readonly MessageChange[], now: number): Promise<EventDraft[]> {
  await saveStatuses(
    sql,
    changes.map((change) => change.toStatusChange()),
  );
  for (const { movedChat } of changes) if (movedChat !== null) await moveToChat(sql, movedChat);
  const effects = await applySentChanges(sql, changes, now);
  return [...changes.flatMap((change) => change.events()), ...effects];
}
