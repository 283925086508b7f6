/** Receipts of the others: they raise the acks of own messages. */
import { ChatCollection } from "./chats.ts";
import { define } from "./loader.ts";
import { isMe } from "./me.ts";
import { loadMessage } from "./message-memory.ts";
import { commit, readMessagesById, type MessageRecord } from "./storage.ts";
import type { Wid } from "./wid.ts";

interface SimpleReceipt {
  type: "receipt";
  ack: number;
  ackString: string;
  externalIds: string[];
  from: Wid;
  participant: Wid | null;
  recipient: null;
  ts: number;
}

/** wa-js wraps these two on the module's object to see who has a message. */
export const receiptHandlers = {
  chat: define("WAWebHandleChatSimpleReceipt", { handleChatSimpleReceipt: applyReceipt }),
  group: define("WAWebHandleGroupSimpleReceipt", { handleGroupSimpleReceipt: applyReceipt }),
};

/** Raises acks of own messages. In a group a message has the ack that all of its members have given. */
async function applyReceipt(receipt: SimpleReceipt): Promise<void> {
  for (const id of receipt.externalIds) {
    const record = (await readMessagesById(receipt.from.toString(), id)).find((candidate) => candidate.fromMe);
    if (record === undefined) continue;
    const model = await loadMessage(record.key);
    const ack = Math.max(record.ack, receipt.participant === null ? receipt.ack : sharedAck(record, receipt.participant, receipt.ack));
    await commit({ messages: [{ ...record, ack, acks: { ...record.acks, [String(receipt.participant)]: receipt.ack } }] });
    if (model !== undefined && ack > model.ack) model.set({ ack });
  }
}

function sharedAck(record: MessageRecord, participant: Wid, ack: number): number {
  const members = ChatCollection.get(record.chat)?.groupMetadata?.participants.filter(({ id }) => !isMe(id)) ?? [];
  const acks = members.map(({ id }) => (id.equals(participant) ? ack : (record.acks?.[id.toString()] ?? 0)));
  return acks.length === 0 ? ack : Math.min(...acks);
}
