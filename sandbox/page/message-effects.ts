/** The effects of messages from the server, in chats: new ones, and those that change others. */
import type { WireMessage } from "../../contracts/sandbox-wire.ts";
import { chatOf, noteLastMessage } from "./chats.ts";
import { noteContact } from "./contacts.ts";
import type { Effect } from "./effects.ts";
import { isMe, me } from "./me.ts";
import { MsgKey } from "./message-key.ts";
import { cacheMessage, loadMessage } from "./message-cache.ts";
import { attributesOf, keyOf, MsgCollection, MsgModel } from "./message-models.ts";
import { showReaction, withReaction } from "./reactions.ts";
import { readMessage, type MessageRecord } from "./storage.ts";
import { storedForm } from "./stored-form.ts";
import { targetOf } from "./targets.ts";
import { showVotes, votesOf } from "./votes.ts";
import { createWid } from "./wid.ts";

/** What a message in a chat does: it is shown, or changes another one. */
export async function messageEffect(wire: WireMessage): Promise<Effect> {
  const key = keyOf(wire);
  const chat = key.remote.toString();
  if (wire.targetId === undefined) return newMessageEffect(wire, key);
  const target = await targetOf(chat, wire);
  if (target === undefined) return {};
  if (wire.type === "edit") return editEffect(target, wire, key);
  if (wire.type === "revoke") return revokeEffect(target, wire, key);
  if (wire.type === "reaction") return reactionEffect(target, wire, key);
  return voteEffect(target, wire, key);
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
    showReaction(data);
  };
  return { changes: { amendments: [{ key: target.key, amend: (record) => withReaction(record, reaction) }] }, show };
}

function voteEffect(target: MessageRecord, wire: WireMessage, key: MsgKey): Effect {
  const vote = { from: wire.from, options: wire.options ?? [], at: wire.at };
  const amend = (record: MessageRecord): MessageRecord => ({
    ...record,
    votes: [...(record.votes ?? []).filter(({ from }) => from !== wire.from), vote],
  });
  const show = async (): Promise<void> => {
    await loadMessage(target.key);
    await showVotes(key, votesOf({ ...target, votes: [vote] }));
  };
  return { changes: { amendments: [{ key: target.key, amend }] }, show };
}
