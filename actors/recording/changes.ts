/** What happens to a message after it was sent or received: edited, revoked, reacted to. Each is told once. */
import type { EventDraft } from "../../contracts/events.ts";
import type { Sql } from "../../db/database.ts";
import { lockMessagesByWaId } from "../../db/statements/messages/lock-messages.ts";
import { saveContentChange } from "../../db/statements/messages/save-content-change.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import type { ActorEvent } from "../protocol.ts";
import { waIdOfKey } from "./key.ts";
import type { EventOrigin } from "./event-origin.ts";

type Change = Extract<ActorEvent, { type: "edited" | "revoked" | "reaction" }>;

/** Applies the change to the message, if we have it, and returns the event unless the change was known. */
export async function recordChange(sql: Sql, source: EventOrigin, change: Change, now: number): Promise<EventDraft[]> {
  const key = change.type === "reaction" ? change.target : change.key;
  const row = (await lockMessagesByWaId<MessageRow>(sql, [{ sessionId: source.sessionId, waId: waIdOfKey(key) }]))[0];
  const columns = row === undefined ? {} : changedColumns(row, change);
  if (columns === null) return [];
  if (row !== undefined) await saveContentChange(sql, row.seq, { ...pick(row), ...columns }, now);
  const origin = { tenantId: source.tenantId, sessionId: source.sessionId };
  const common = {
    messageId: row?.id ?? null,
    key,
    chatId: change.chat.chatId,
    at: new Date(change.at).toISOString(),
  };
  switch (change.type) {
    case "edited":
      return [{ type: "message.edited", ...origin, data: { ...common, text: change.text } }];
    case "revoked":
      return [{ type: "message.revoked", ...origin, data: { ...common, by: change.by } }];
    case "reaction":
      return [{ type: "message.reaction", ...origin, data: { ...common, from: change.from, emoji: change.emoji } }];
  }
}

type Columns = Pick<MessageRow, "text" | "edited_at" | "revoked_at" | "reactions">;

function pick({ text, edited_at, revoked_at, reactions }: MessageRow): Columns {
  return { text, edited_at, revoked_at, reactions };
}

/** The columns that change, or null when the row says so already. */
function changedColumns(row: MessageRow, change: Change): Partial<Columns> | null {
  switch (change.type) {
    case "edited":
      return row.edited_at !== null && row.edited_at >= change.at ? null : { text: change.text, edited_at: change.at };
    case "revoked":
      return row.revoked_at === null ? { revoked_at: change.at } : null;
    case "reaction": {
      const reactions = JSON.parse(row.reactions ?? "{}") as Record<string, string>;
      const who = change.from.chatId;
      if ((reactions[who] ?? "") === change.emoji) return null;
      if (change.emoji === "") delete reactions[who];
      else reactions[who] = change.emoji;
      return { reactions: JSON.stringify(reactions) };
    }
  }
}
