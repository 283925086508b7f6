/** The effect of an edit, a revocation or a reaction of the account on the message that it refers to. */
import { fromStoredContent } from "../contracts/message-kinds.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Sql } from "../db/database.ts";
import { findAccount } from "../db/statements/sessions/find-account.ts";
import { applyContentChange, type ContentChange } from "./content-change.ts";
import type { MessageChange } from "./message-change.ts";

/**
 * Applies the changes whose message was sent in this transaction, so that they are recorded exactly when their message
 * counts as sent, and returns their events.
 */
export async function applySentChanges(
  sql: Sql,
  changes: readonly MessageChange[],
  now: number,
): Promise<EventDraft[]> {
  const drafts: EventDraft[] = [];
  for (const { row, sentAt } of changes) {
    if (sentAt === null || row.target_key === null) continue;
    const made = await changeMadeBy(sql, row, sentAt);
    if (made === null) continue;
    const source = { sessionId: row.session_id, tenantId: row.tenant_id };
    drafts.push(...(await applyContentChange(sql, source, made, now)));
  }
  return drafts;
}

async function changeMadeBy(sql: Sql, row: MessageChange["row"], at: number): Promise<ContentChange | null> {
  if (row.type !== "edit" && row.type !== "revoke" && row.type !== "reaction") return null;
  const content = fromStoredContent(row, null);
  const account = await findAccount(sql, row.session_id);
  const chat = { chatId: row.chat_id, chatLid: row.chat_lid };
  if (content.type === "edit") return { type: "edited", target: content.target, ...chat, at, text: content.text };
  if (content.type === "revoke") return { type: "revoked", target: content.target, ...chat, at, by: account };
  if (content.type !== "reaction" || account === null) return null;
  return { type: "reaction", target: content.target, ...chat, at, from: account, emoji: content.emoji };
}
