/** Stored messages in memory: the collection and their chats hold those that somebody has asked for. */
import { ChatCollection } from "./chats.ts";
import { define } from "./loader.ts";
import type { MsgKey } from "./message-key.ts";
import { attributesOf, MsgCollection, MsgModel } from "./message-models.ts";
import { readMessage, type MessageRecord } from "./storage.ts";

/** Puts a stored message into memory, without telling of it, and gives its model. */
export function hold(record: MessageRecord): MsgModel {
  const model = MsgCollection.get(record.key) ?? new MsgModel(attributesOf(record));
  MsgCollection.add(model, { silent: true });
  ChatCollection.get(record.chat)?.msgs.add(model, { silent: true });
  return model;
}

/** The model of a key, from memory or from the store. */
export async function loadMessage(key: MsgKey | string): Promise<MsgModel | undefined> {
  const present = MsgCollection.get(key);
  if (present !== undefined) return present;
  const record = await readMessage(String(key));
  return record === undefined ? undefined : hold(record);
}

/** The quoted message, when it is in memory: incoming messages load it before they are told of. */
function getQuotedMsgObj(msg: MsgModel): MsgModel | null {
  const found = ChatCollection.get(msg.id.remote)?.msgs.findFirst(
    (candidate) => candidate.id.id === msg.quotedStanzaID,
  );
  return found ?? null;
}

define("WAWebGetQuotedMsgObj", { getQuotedMsgObj });
