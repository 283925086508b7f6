/** Pinned and kept messages, disappearing messages, and playing what was received. */
import type { DurableEvent } from "../../contracts/sandbox-wire.ts";
import { ChatCollection, type ChatModel } from "./chats.ts";
import { define } from "./loader.ts";
import type { Effect } from "./effects.ts";
import { loadMessage } from "./message-cache.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { Collection, modelOf } from "./model.ts";
import { wireId } from "./outgoing.ts";
import { amendMessage } from "./storage.ts";
import { targetOf } from "./targets.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

const PIN_STATE = { INVALID: 0, PIN: 1, UNPIN: 2 } as const;
const PinExpiryDurationOption = { OneDay: "OneDay", SevenDays: "SevenDays", ThirtyDays: "ThirtyDays" } as const;
const DAY = 24 * 3600;
const PIN_SECONDS: Record<string, number> = { OneDay: DAY, SevenDays: 7 * DAY, ThirtyDays: 30 * DAY };

interface PinAttributes {
  id: MsgKey;
  parentMsgKey: MsgKey;
  chatId: Wid;
  sender: Wid;
  pinType: number;
  senderTimestampMs: number;
}
class PinInChatModel extends modelOf<PinAttributes>("pinInChat") {}

class PinInChatCollectionImpl extends Collection<PinInChatModel> {
  getByParentMsgKey(key: MsgKey): PinInChatModel | undefined {
    return this.get(key);
  }
}
const PinInChatCollection = new PinInChatCollectionImpl(PinInChatModel);

function showPin(key: MsgKey, by: string, isPinned: boolean, at: number): void {
  const pin = PinInChatCollection.get(key) ?? new PinInChatModel({ id: key, parentMsgKey: key, chatId: key.remote });
  const pinType = isPinned ? PIN_STATE.PIN : PIN_STATE.UNPIN;
  pin.set({ pinType, sender: createWid(by), senderTimestampMs: at });
  PinInChatCollection.add(pin);
}

function referenceTo(msg: MsgModel): { chat: string; from: string; id: string } {
  return { chat: msg.id.remote.toString(), from: wireId(msg.sender), id: msg.id.id };
}

async function sendPinInChatMsg(msg: MsgModel, state: number, option?: string): Promise<{ messageSendResult: "OK" }> {
  const isPinned = state === PIN_STATE.PIN;
  const seconds = isPinned ? (PIN_SECONDS[option ?? ""] ?? PIN_SECONDS["SevenDays"]!) : null;
  const { at } = await ask("pinMessage", { ...referenceTo(msg), seconds });
  showPin(msg.id, wireId(msg.id.participant ?? msg.sender), isPinned, at);
  return { messageSendResult: "OK" };
}

/** Keeps a message, or no longer. */
async function keep(msg: MsgModel, kept: boolean): Promise<void> {
  await ask("keepMessage", { ...referenceTo(msg), keep: kept });
  await amendMessage(msg.id.toString(), (record) => ({ ...record, kept }));
  msg.set({ kept });
}

/** A message was pinned in one of the chats, or taken down. */
export async function pinnedEffect(event: Extract<DurableEvent, { type: "pinned" }>): Promise<Effect> {
  const target = await targetOf(event.chat, { targetId: event.id, targetFrom: event.from });
  if (target === undefined) return {};
  return { show: () => showPin(MsgKey.fromString(target.key), event.by, event.until !== null, event.at) };
}

/** A message was kept, or is no longer. */
export async function keptEffect({
  chat,
  id,
  from,
  keep: kept,
}: Extract<DurableEvent, { type: "kept" }>): Promise<Effect> {
  const target = await targetOf(chat, { targetId: id, targetFrom: from });
  if (target === undefined) return {};
  return {
    changes: { amendments: [{ key: target.key, amend: (record) => ({ ...record, kept }) }] },
    show: async () => void (await loadMessage(target.key))?.set({ kept }),
  };
}

/** Messages of a chat disappear after another time from now on. */
export function ephemeralEffect({ chat, seconds }: Extract<DurableEvent, { type: "ephemeral" }>): Effect {
  return { show: () => void ChatCollection.get(chat)?.set({ ephemeralDuration: seconds }) };
}

async function changeEphemeralDuration(chat: ChatModel, seconds: number): Promise<void> {
  await ask("setEphemeral", { chat: chat.id.toString(), seconds });
  chat.set({ ephemeralDuration: seconds });
}

const PLAYABLE = new Set(["ptt", "audio", "video"]);

function canMarkPlayed(msg: MsgModel): boolean {
  return !msg.isSentByMe && PLAYABLE.has(msg.type) && msg.ack < 4;
}

async function markPlayed(msg: MsgModel): Promise<void> {
  await ask("markPlayed", { from: wireId(msg.sender), id: msg.id.id });
  msg.set({ ack: 4 });
}

define("WAWebPinInChatCollection", { PinInChatCollection });
define("WAWebPinInChatModel", { PinInChat: PinInChatModel });
define("WAWebPinMsgConstants", { PIN_STATE, PinExpiryDurationOption });
define("WAWebSendPinMessageAction", { sendPinInChatMsg });
define("WAWebKeepInChatMsgAction", {
  keepMessage: (msg: MsgModel) => keep(msg, true),
  undoKeepMessage: (msg: MsgModel) => keep(msg, false),
});
define("WAWebKicEntryPoint", { KIC_ENTRY_POINT_TYPE: { CHAT: 1, STARRED: 2, KEPT: 3 } });
define("WAWebChangeEphemeralDurationChatAction", { changeEphemeralDuration });
define("WAWebPlayedStatusBridge", { canMarkPlayed, markPlayed });
