/**
 * Edits, revocations, reactions and votes: each changes the message it refers to, and is reported once, no matter
 * whether another person made it, the account on its phone, or a message of the queue.
 */
import type { Address } from "../contracts/address.ts";
import type { EventDraft } from "../contracts/events.ts";
import { keyWithLid, waIdOfKey } from "../contracts/message-key.ts";
import type { SessionRun } from "../contracts/transport.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow, StoredVotes } from "../db/rows/message.ts";
import { lockMessagesByWaId } from "../db/statements/messages/lock-messages.ts";
import { saveContentChange } from "../db/statements/messages/save-content-change.ts";

/** A change of the message with the key `target`, in a chat that can have a LID too. `at` is Unix ms. */
export type ContentChange = {
  readonly target: string;
  readonly chatId: string;
  readonly chatLid: string | null;
  readonly at: number;
} & (
  | { readonly type: "edited"; readonly text: string }
  | { readonly type: "revoked"; readonly by: Address | null }
  /** An empty emoji withdraws the reaction. */
  | { readonly type: "reaction"; readonly from: Address; readonly emoji: string }
  /** All the options that `from` has chosen by now; none withdraws the vote. */
  | { readonly type: "poll_vote"; readonly from: Address; readonly options: readonly string[] }
);

type Source = Pick<SessionRun, "sessionId" | "tenantId">;
type Columns = Pick<MessageRow, "text" | "edited_at" | "revoked_at" | "reactions" | "votes">;

/** Applies the change to the message, if it is stored, and returns the event unless the change was already known. */
export async function applyContentChange(
  sql: Sql,
  { sessionId, tenantId }: Source,
  change: ContentChange,
  now: number,
): Promise<EventDraft[]> {
  const lidKey = keyWithLid(change.target, change.chatLid);
  const waIds = [waIdOfKey(change.target), ...(lidKey === null ? [] : [lidKey])];
  const [row] = await lockMessagesByWaId(
    sql,
    waIds.map((waId) => ({ sessionId, waId })),
  );
  if (row !== undefined) {
    const columns = changedColumns(row, change);
    if (columns === null) return [];
    await saveContentChange(sql, row.seq, { ...pickColumns(row), ...columns }, now);
  }
  return [toEvent({ tenantId, sessionId }, change, row?.id ?? null)];
}

function pickColumns({ text, edited_at, revoked_at, reactions, votes }: MessageRow): Columns {
  return { text, edited_at, revoked_at, reactions, votes };
}

/** The columns that change, or null when the row has the change already. */
function changedColumns(row: MessageRow, change: ContentChange): Partial<Columns> | null {
  switch (change.type) {
    case "edited":
      return row.edited_at !== null && row.edited_at >= change.at ? null : { text: change.text, edited_at: change.at };
    case "revoked":
      return row.revoked_at === null ? { revoked_at: change.at } : null;
    case "reaction":
      return changedReactions(row, change);
    case "poll_vote":
      return changedVotes(row, change);
  }
}

function changedReactions(
  row: MessageRow,
  { from: { chatId }, emoji }: Extract<ContentChange, { type: "reaction" }>,
): Partial<Columns> | null {
  const reactions = JSON.parse(row.reactions ?? "{}") as Record<string, string>;
  if ((reactions[chatId] ?? "") === emoji) return null;
  if (emoji === "") delete reactions[chatId];
  else reactions[chatId] = emoji;
  return { reactions: JSON.stringify(reactions) };
}

/** A vote that is read again after a gap must not replace a later one. */
function changedVotes(
  row: MessageRow,
  { from, options, at }: Extract<ContentChange, { type: "poll_vote" }>,
): Partial<Columns> | null {
  const votes = JSON.parse(row.votes ?? "{}") as StoredVotes;
  const known = votes[from.chatId];
  if (known !== undefined && known.at >= at) return null;
  votes[from.chatId] = { lid: from.lid, options, at };
  return { votes: JSON.stringify(votes) };
}

function toEvent(source: Source, change: ContentChange, messageId: string | null): EventDraft {
  const { target: key, chatId } = change;
  const common = { messageId, key, chatId, at: new Date(change.at).toISOString() };
  switch (change.type) {
    case "edited":
      return { type: "message.edited", ...source, data: { ...common, text: change.text } };
    case "revoked":
      return { type: "message.revoked", ...source, data: { ...common, by: change.by } };
    case "reaction":
      return { type: "message.reaction", ...source, data: { ...common, from: change.from, emoji: change.emoji } };
    case "poll_vote":
      return {
        type: "message.poll_vote",
        ...source,
        data: { ...common, from: change.from, options: [...change.options] },
      };
  }
}
