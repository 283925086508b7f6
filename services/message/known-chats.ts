/** Chats by the ids that the API has given for them: a person has a number and a privacy id. */
import { chatIdForms } from "../../contracts/number-forms.ts";
import type { Sql } from "../../db/database.ts";
import { findChatsOfLids, type LidScope } from "../../db/statements/messages/find-chats-of-lids.ts";

/** The chat ids, with the number's id in place of a privacy id whose number is known. */
export async function toKnownChats(database: Sql, scope: LidScope, chatIds: readonly string[]): Promise<string[]> {
  const chats = await findChatsOfLids(
    database,
    scope,
    chatIds.filter((chatId) => chatId.endsWith("@lid")),
  );
  return chatIds.map((chatId) => chats.get(chatId) ?? chatId);
}

/** All ids under which messages of the chat can be stored. */
export async function storedIdsOf(database: Sql, scope: LidScope, chatId: string): Promise<readonly string[]> {
  const [known] = await toKnownChats(database, scope, [chatId]);
  return [...new Set([chatId, ...chatIdForms(known!)])];
}
