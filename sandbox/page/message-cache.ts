/** The models of stored messages that have been requested: in the message collection and in their chats. */
import { ChatCollection } from "./chats.ts";
import { define } from "./loader.ts";
import type { MsgKey } from "./message-key.ts";
import { attributesOf, MsgCollection, MsgModel } from "./message-models.ts";
import { readMessage, type MessageRecord } from "./storage.ts";

/** Returns the model of a stored message, and adds it to the collections without triggering events. */
export function cacheMessage(record: MessageRecord): MsgModel {
  const model = MsgCollection.get(record.key) ?? new MsgModel(attributesOf(record));
  MsgCollection.add(model, { silent: true });
  ChatCollection.get(record.chat)?.msgs.add(model, { silent: true });
  return model;
}

/** Messages that are being stored, by key: the real client has them as soon as they are sent. */
export const appearing = new Map<string, Promise<unknown>>();

/** Returns the model of a message, from memory or from the store. */
export async function loadMessage(key: MsgKey | string): Promise<MsgModel | undefined> {
  await appearing.get(String(key));
  const present = MsgCollection.get(key);
  if (present !== undefined) return present;
  const record = await readMessage(String(key));
  return record === undefined ? undefined : cacheMessage(record);
}

/** The messages with these keys, from memory or from the store. */
async function getMessagesById(keys: string[]): Promise<{ messages: MsgModel[] }> {
  const found = await Promise.all(keys.map((key) => loadMessage(key)));
  return { messages: found.filter((message) => message !== undefined) };
}
MsgCollection.getMessagesById = getMessagesById;

/** The quoted message, if it is in memory. An incoming message's quoted message is loaded before it is shown. */
function getQuotedMsgObj(msg: MsgModel): MsgModel | null {
  const found = ChatCollection.get(msg.id.remote)?.msgs.findFirst(
    (candidate) => candidate.id.id === msg.quotedStanzaID,
  );
  return found ?? null;
}

define("WAWebGetQuotedMsgObj", { getQuotedMsgObj });
