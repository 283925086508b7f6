/** Edits, revocations and reactions: each changes the message it refers to, and is reported once. */
import type { EventDraft } from "../../contracts/events.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import type { Sql } from "../../db/database.ts";
import type { MessageRow } from "../../db/rows/message.ts";
import { lockMessagesByWaId } from "../../db/statements/messages/lock-messages.ts";
import { saveContentChange } from "../../db/statements/messages/save-content-change.ts";
import type { ActorEvent } from "../protocol.ts";
import { waIdOfKey } from "./key.ts";

type Change = Extract<ActorEvent, { type: "edited" | "revoked" | "reaction" }>;

/** Applies the change to the message, if it is stored, and returns the event unless the change was already known. */
export async function recordChange(sql: Sql, run: SessionRun, change: Change, now: number): Promise<EventDraft[]> {
  const key = change.type === "reaction" ? change.target : change.key;
  const [row] = await lockMessagesByWaId(sql, [{ sessionId: run.sessionId, waId: waIdOfKey(key) }]);
  if (row !== undefined) {
    const columns = changedColumns(row, change);
    if (columns === null) return [];
    await saveContentChange(sql, row.seq, { ...pickColumns(row), ...columns }, now);
  }
  const common = {
    messageId: row?.id ?? null,
    key,
    chatId: change.chat.chatId,
    at: new Date(change.at).toISOString(),
  };
  const stream = { tenantId: run.tenantId, sessionId: run.sessionId };
  switch (change.type) {
    case "edited":
      return [{ ...stream, type: "message.edited", data: { ...common, text: change.text } }];
    case "revoked":
      return [{ ...stream, type: "message.revoked", data: { ...common, by: change.by } }];
    case "reaction":
      return [{ ...stream, type: "message.reaction", data: { ...common, from: change.from, emoji: change.emoji } }];
  }
}

type Columns = Pick<MessageRow, "text" | "edited_at" | "revoked_at" | "reactions">;

function pickColumns({ text, edited_at, revoked_at, reactions }: MessageRow): Columns {
  return { text, edited_at, revoked_at, reactions };
}

/** The columns that change, or null when the row has the change already. */
function changedColumns(row: MessageRow, change: Change): Partial<Columns> | null {
  switch (change.type) {
    case "edited":
      return row.edited_at !== null && row.edited_at >= change.at ? null : { text: change.text, edited_at: change.at };
    case "revoked":
      return row.revoked_at === null ? { revoked_at: change.at } : null;
    case "reaction": {
      const reactions = JSON.parse(row.reactions ?? "{}") as Record<string, string>;
      const { chatId } = change.from;
      if ((reactions[chatId] ?? "") === change.emoji) return null;
      if (change.emoji === "") delete reactions[chatId];
      else reactions[chatId] = change.emoji;
      return { reactions: JSON.stringify(reactions) };
    }
  }
}
