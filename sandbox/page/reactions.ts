/** Reactions: sending them, storing them with the message, and passing them to wa-js. */
import { define } from "./loader.ts";
import { isMe, me } from "./me.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { amendMessage, readMessage, type MessageRecord, type Reaction } from "./storage.ts";
import { targetFields } from "./targets.ts";
import { createWid } from "./wid.ts";
import { ask } from "./wire.ts";

interface ReactionData {
  msgKey: string;
  parentMsgKey: string;
  reactionText: string;
  senderUserJid: string;
  t: number;
  read: boolean;
  orphan: number;
}

/** wa-js wraps this function, in the module's object, to see reactions. */
export const reactionModule = define("WAWebReactionsCollection", {
  addOrUpdateReactionsModelCollection: (_data: ReactionData, _isNew: boolean): void => undefined,
});

/** Code of others watches this table. */
const { reactionTableMode } = define("WAWebAddonReactionTableMode", {
  reactionTableMode: { bulkUpsert: (_rows: object[]): Promise<void> => Promise.resolve() },
});

/** Passes a reaction on to those who watch. */
export function showReaction(data: ReactionData): void {
  reactionModule.addOrUpdateReactionsModelCollection(data, true);
  const row = {
    id: MsgKey.fromString(data.msgKey),
    reactionParentKey: MsgKey.fromString(data.parentMsgKey),
    reactionText: data.reactionText,
    reactionTimestamp: data.t,
    author: createWid(data.senderUserJid),
    read: data.read,
  };
  void reactionTableMode.bulkUpsert([row]);
}

/** The stored message with the sender's reaction replaced, or removed when the emoji is empty. */
export function withReaction(
  record: MessageRecord,
  reaction: { key: string; from: string; emoji: string; at: number },
): MessageRecord {
  const others = (record.reactions ?? []).filter(({ from }) => from !== reaction.from);
  return { ...record, reactions: reaction.emoji === "" ? others : [...others, reaction] };
}

async function sendReactionToMsg(msg: MsgModel, emoji: string): Promise<"OK"> {
  const wire = targetFields(msg);
  const { at } = await ask("send", { ...wire, type: "reaction", text: emoji });
  const reaction = { key: `true_${wire.to}_${wire.id}`, from: me().id, emoji, at };
  await amendMessage(msg.id.toString(), (record) => withReaction(record, reaction));
  return "OK";
}

function describe(key: string, { key: own, from, emoji, at }: Reaction): object {
  return {
    msgKey: MsgKey.fromString(own),
    parentMsgKey: MsgKey.fromString(key),
    reactionText: emoji,
    senderUserJid: from,
    timestamp: at,
    read: true,
    orphan: 0,
  };
}

async function getReactions(key: string): Promise<{ reactionByMe: object | undefined; reactions: object[] }> {
  const record = await readMessage(key);
  const emojis = new Set(record?.reactions?.map(({ emoji }) => emoji));
  const reactions = [...emojis].map((emoji) => {
    const from = record?.reactions?.filter((reaction) => reaction.emoji === emoji) ?? [];
    const senders = from.map((reaction) => describe(key, reaction));
    return { aggregateEmoji: emoji, hasReactionByMe: from.some((reaction) => isMe(reaction.from)), senders };
  });
  const mine = record?.reactions?.find(({ from }) => isMe(from));
  return { reactionByMe: mine === undefined ? undefined : describe(key, mine), reactions };
}

define("WAWebSendReactionMsgAction", { sendReactionToMsg });
define("WAWebGetReactions", { getReactions });
