/** Receipts from others: they raise the acks of our messages. */
import type { DurableEvent } from "../../contracts/sandbox-wire.ts";
import { ChatCollection } from "./chats.ts";
import { define } from "./loader.ts";
import { isMe } from "./me.ts";
import { cacheMessage } from "./message-cache.ts";
import { readMessagesById, type Amendment, type MessageRecord } from "./storage.ts";
import type { Wid } from "./wid.ts";

type ReceiptEvent = Extract<DurableEvent, { type: "receipt" }>;

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

/** wa-js wraps these functions, in the modules' objects, to see receipts. */
export const receiptHandlers = {
  chat: define("WAWebHandleChatSimpleReceipt", { handleChatSimpleReceipt: applyReceipt }),
  group: define("WAWebHandleGroupSimpleReceipt", { handleGroupSimpleReceipt: applyReceipt }),
  status: define("WAWebHandleStatusSimpleReceipt", { handleStatusSimpleReceipt: applyReceipt }),
};

/**
 * The effect of a receipt on stored messages. Their models are loaded with the old ack first, so that the change
 * triggers an event. In a group, a message has the lowest ack of all members.
 */
export async function receiptAmendments({
  ids,
  chat,
  by,
  ack,
}: Pick<ReceiptEvent, "ids" | "chat" | "by" | "ack">): Promise<Amendment[]> {
  const found = await Promise.all(ids.map((id) => readMessagesById(chat, id)));
  const own = found.flat().filter((record) => record.fromMe);
  own.forEach(cacheMessage);
  const member = chat.endsWith("@g.us") ? by : null;
  return own.map(({ key }) => ({ key, amend: (record) => withAck(record, member, ack) }));
}

function withAck(record: MessageRecord, member: string | null, ack: number): MessageRecord {
  if (member === null) return { ...record, ack: Math.max(record.ack, ack) };
  const acks = { ...record.acks, [member]: Math.max(ack, record.acks?.[member] ?? 0) };
  const members = ChatCollection.get(record.chat)?.groupMetadata?.participants.filter(({ id }) => !isMe(id)) ?? [];
  const shared = members.length === 0 ? ack : Math.min(...members.map(({ id }) => acks[id.toString()] ?? 0));
  return { ...record, acks, ack: Math.max(record.ack, shared) };
}

/** Raises the acks of the models to those of the stored messages. */
async function applyReceipt(receipt: SimpleReceipt): Promise<void> {
  for (const id of receipt.externalIds) {
    const record = (await readMessagesById(receipt.from.toString(), id)).find((candidate) => candidate.fromMe);
    if (record === undefined) continue;
    const model = cacheMessage(record);
    if (record.ack > model.ack) model.set({ ack: record.ack });
  }
}
