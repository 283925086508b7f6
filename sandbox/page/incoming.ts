/** The server's durable events: each is stored with its number, acknowledged, and only then applied to the models. */
import type { DurableEvent, WireMessage } from "../../contracts/sandbox-wire.ts";
import { chatOf, noteLastMessage } from "./chats.ts";
import { noteContact } from "./contacts.ts";
import { receiveGroup, receiveParticipants } from "./group-events.ts";
import { isMe, me } from "./me.ts";
import { bytesOf, filehashOf } from "./media.ts";
import { MsgKey } from "./message-key.ts";
import { cacheMessage, loadMessage } from "./message-cache.ts";
import { attributesOf, keyOf, MsgCollection, MsgModel } from "./message-models.ts";
import { reactionModule, withReaction } from "./reactions.ts";
import { receiptAmendments, receiptHandlers } from "./receipts.ts";
import { commit, readMessage, type Changes, type MediaRecord, type MessageRecord } from "./storage.ts";
import { targetOf } from "./targets.ts";
import { voteModule, votesOf } from "./votes.ts";
import { createWid } from "./wid.ts";

/** The effect of an event: the changes to store with its number, and what to show after that. */
interface Effect {
  changes?: Changes;
  show?: () => Promise<void> | void;
}

const RECEIPT_STRINGS: Record<number, string> = { 2: "delivery", 3: "read", 4: "played" };
let processed = 0;

/** Sets the number of the last stored event; 0 for a new link. */
export function setProcessed(seq: number): void {
  processed = seq;
}

/** Stores an event, calls `acknowledge`, and shows it. An event that is already stored is only acknowledged. */
export async function receiveEvent(seq: number, event: DurableEvent, acknowledge: () => void): Promise<void> {
  if (seq <= processed) return acknowledge();
  const effect = await effectOf(event);
  await commit({ ...effect.changes, meta: { processed: seq } });
  processed = seq;
  acknowledge();
  await effect.show?.();
}

function effectOf(event: DurableEvent): Promise<Effect> | Effect {
  if (event.type === "message") return messageEffect(event.message);
  if (event.type === "receipt") return receiptEffect(event);
  if (event.type === "group")
    return { changes: { groups: [event.group] }, show: () => receiveGroup(event.change, event.group) };
  return { changes: { groups: [event.group] }, show: () => receiveParticipants(event) };
}

async function receiptEffect(event: Extract<DurableEvent, { type: "receipt" }>): Promise<Effect> {
  return { changes: { amendments: await receiptAmendments(event) }, show: () => showReceipt(event) };
}

/** Shows a receipt through the module that wa-js wraps. */
function showReceipt(event: Extract<DurableEvent, { type: "receipt" }>): Promise<void> {
  const isGroup = event.chat.endsWith("@g.us");
  const receipt = {
    type: "receipt" as const,
    ack: event.ack,
    ackString: RECEIPT_STRINGS[event.ack] ?? "delivery",
    externalIds: event.ids,
    from: createWid(event.chat),
    participant: isGroup ? createWid(event.by) : null,
    recipient: null,
    ts: Math.floor(event.at / 1000),
  };
  return isGroup
    ? receiptHandlers.group.handleGroupSimpleReceipt(receipt)
    : receiptHandlers.chat.handleChatSimpleReceipt(receipt);
}

async function messageEffect(wire: WireMessage): Promise<Effect> {
  const key = keyOf(wire);
  const chat = key.remote.toString();
  if (wire.targetId === undefined) return newMessageEffect(wire, key);
  const target = await targetOf(chat, wire);
  if (target === undefined) return {};
  if (wire.type === "edit") return editEffect(target, wire, key);
  if (wire.type === "revoke") return revokeEffect(target, wire, key);
  if (wire.type === "reaction") return reactionEffect(target, wire, key);
  return voteEffect(target, wire);
}

/** Converts a message from the wire to its stored form; the bytes of its media are stored separately. */
export async function storedForm(wire: WireMessage): Promise<{ record: MessageRecord; media: MediaRecord[] }> {
  const key = keyOf(wire);
  const record: MessageRecord = {
    key: key.toString(),
    chat: key.remote.toString(),
    id: wire.id,
    at: wire.at,
    fromMe: key.fromMe,
    ack: key.fromMe ? 1 : 0,
    wire,
  };
  if (wire.media === undefined) return { record, media: [] };
  const stripped = { ...wire, media: { ...wire.media, data: "" } };
  if (wire.media.data === "")
    return { record: { ...record, wire: stripped, filehash: `${wire.from}/${wire.id}` }, media: [] };
  const bytes = bytesOf(wire.media.data);
  const filehash = await filehashOf(bytes);
  return {
    record: { ...record, wire: stripped, filehash },
    media: [{ filehash, mimetype: wire.media.mimetype, bytes }],
  };
}

async function newMessageEffect(wire: WireMessage, key: MsgKey): Promise<Effect> {
  if ((await readMessage(key.toString())) !== undefined) return {};
  const { record, media } = await storedForm(wire);
  return { changes: { messages: [record], media }, show: () => showNew(record) };
}

async function showNew(record: MessageRecord): Promise<void> {
  const { wire } = record;
  if (wire.quotedId !== undefined) {
    const quoted = await targetOf(record.chat, {
      targetId: wire.quotedId,
      ...(wire.quotedFrom === undefined ? {} : { targetFrom: wire.quotedFrom }),
    });
    if (quoted !== undefined) cacheMessage(quoted);
  }
  if (!record.fromMe) noteContact(wire.from, { pushname: wire.pushName });
  const chat = chatOf(record.chat);
  const model = new MsgModel({ ...attributesOf(record), isNewMsg: true });
  noteLastMessage(chat, model.id, model.t);
  if (!record.fromMe) chat.set({ unreadCount: Math.max(0, chat.unreadCount) + 1 });
  chat.msgs.add(model);
  MsgCollection.add(model);
}

function editEffect(target: MessageRecord, wire: WireMessage, key: MsgKey): Effect {
  const amend = (record: MessageRecord): MessageRecord => ({
    ...record,
    editKey: key.toString(),
    editedAt: wire.at,
    wire: { ...record.wire, text: wire.text ?? "" },
  });
  const show = async (): Promise<void> => {
    const model = await loadMessage(target.key);
    model?.set({
      ...(model.isMedia ? { caption: wire.text } : { body: wire.text }),
      latestEditSenderTimestampMs: wire.at,
      latestEditMsgKey: key,
    });
  };
  return { changes: { amendments: [{ key: target.key, amend }] }, show };
}

function revokeEffect(target: MessageRecord, wire: WireMessage, key: MsgKey): Effect {
  const show = async (): Promise<void> => {
    const isGroup = key.remote.isGroup();
    const revoke = {
      type: "protocol",
      subtype: wire.from === target.wire.from ? "sender_revoke" : "admin_revoke",
      id: key,
      protocolMessageKey: MsgKey.fromString(target.key),
      from: isGroup ? key.remote : createWid(wire.from),
      to: isGroup ? key.remote : createWid(isMe(wire.from) ? wire.to : me().id),
      author: isGroup ? createWid(wire.from) : undefined,
      isNewMsg: true,
    };
    const model = await loadMessage(target.key);
    await MsgCollection.processMultipleMessages(key.remote, [revoke]);
    model?.set({ type: "revoked", body: undefined, mediaData: undefined });
  };
  return { changes: { amendments: [{ key: target.key, amend: (record) => ({ ...record, revoked: true }) }] }, show };
}

function reactionEffect(target: MessageRecord, wire: WireMessage, key: MsgKey): Effect {
  const reaction = { key: key.toString(), from: wire.from, emoji: wire.text ?? "", at: wire.at };
  const show = (): void => {
    const data = {
      msgKey: reaction.key,
      parentMsgKey: target.key,
      reactionText: reaction.emoji,
      senderUserJid: wire.from,
      t: wire.at,
      read: false,
      orphan: 0,
    };
    reactionModule.addOrUpdateReactionsModelCollection(data, true);
  };
  return { changes: { amendments: [{ key: target.key, amend: (record) => withReaction(record, reaction) }] }, show };
}

function voteEffect(target: MessageRecord, wire: WireMessage): Effect {
  const vote = { from: wire.from, options: wire.options ?? [], at: wire.at };
  const amend = (record: MessageRecord): MessageRecord => ({
    ...record,
    votes: [...(record.votes ?? []).filter(({ from }) => from !== wire.from), vote],
  });
  const show = async (): Promise<void> => {
    await loadMessage(target.key);
    await voteModule.upsertVotes(votesOf({ ...target, votes: [vote] }));
  };
  return { changes: { amendments: [{ key: target.key, amend }] }, show };
}
