/**
 * Outgoing messages: stored first, then sent. After a reload or a reconnect they are sent again, under the same id,
 * until the server has answered.
 */
import type { WireMessage, WireOperations } from "../../contracts/sandbox-wire.ts";
import { Cmd } from "./command.ts";
import { noteLastMessage, type ChatModel } from "./chats.ts";
import { define } from "./loader.ts";
import { isMe, me } from "./me.ts";
import { base64Of, type MediaData } from "./media.ts";
import { wireContent, type RawMessage } from "./message-content.ts";
import { MsgKey } from "./message-key.ts";
import { appearing, cacheMessage, loadMessage } from "./message-cache.ts";
import { attributesOf, MsgCollection, MsgModel } from "./message-models.ts";
import {
  amendMessage,
  commit,
  readMedia,
  readMessage,
  readPending,
  type MediaRecord,
  type MessageRecord,
} from "./storage.ts";
import type { Wid } from "./wid.ts";
import { ask, RefusedError } from "./wire.ts";

export interface Outgoing extends RawMessage {
  id: MsgKey;
  isViewOnce?: boolean;
  isGif?: boolean;
  /** Of a voice message, in seconds. */
  duration?: number;
  waveform?: Uint8Array;
  isForwarded?: boolean;
  filehash?: string;
  mimetype?: string;
  filename?: string;
  mentionedJidList?: Wid[];
  quotedStanzaID?: string;
  quotedParticipant?: Wid;
}

export interface SendResult {
  messageSendResult: "OK" | "ERROR_UNKNOWN";
  /** Unix seconds. */
  t: number;
}

const MEDIA: Record<string, WireMessage["type"]> = {
  image: "image",
  video: "video",
  audio: "audio",
  ptt: "voice",
  document: "document",
  sticker: "sticker",
};

/** An id in the wire's form, in which the account's own LID is replaced by its number. */
export function wireId(id: unknown): string {
  return isMe(id) ? me().id : String(id);
}

function wireOf(chat: ChatModel, raw: Outgoing, mimetype: string | undefined): WireMessage {
  const fileType = mimetype === undefined ? undefined : MEDIA[raw.type ?? ""];
  const mediaType = fileType === "video" && raw.isGif === true ? "gif" : fileType;
  const isMedia = mediaType !== undefined;
  return {
    id: raw.id.id,
    from: me().id,
    to: chat.id.toString(),
    at: Date.now(),
    ...(isMedia ? { type: mediaType, ...(raw.caption === undefined ? {} : { text: raw.caption }) } : wireContent(raw)),
    ...(isMedia ? { media: { mimetype: mimetype ?? "", filename: raw.filename ?? null, data: "" } } : {}),
    ...(raw.isViewOnce === true ? { viewOnce: true } : {}),
    ...(mediaType === "voice" && raw.duration !== undefined ? { seconds: raw.duration } : {}),
    ...(mediaType === "voice" && raw.waveform !== undefined ? { waveform: [...raw.waveform] } : {}),
    ...(raw.isForwarded === true ? { forwarded: true } : {}),
    ...(raw.mentionedJidList === undefined ? {} : { mentions: raw.mentionedJidList.map(wireId) }),
    ...(raw.quotedStanzaID === undefined ? {} : { quotedId: raw.quotedStanzaID }),
    ...(raw.quotedParticipant === undefined ? {} : { quotedFrom: wireId(raw.quotedParticipant) }),
  };
}

/**
 * Stores the message, shows it in the chat, and sends it. The first promise resolves to the message in the chat, the
 * second to the result of sending.
 */
export function sendMessage(
  chat: ChatModel,
  raw: Outgoing,
  media?: MediaRecord,
  mediaData?: MediaData,
): [Promise<MsgModel>, Promise<SendResult>] {
  const key = raw.id.toString();
  const shown = show(chat, raw, media, mediaData);
  const done = shown.catch(() => undefined).finally(() => appearing.delete(key));
  appearing.set(key, done);
  return [shown.then(({ model }) => model), shown.then(({ record }) => deliver(record))];
}

async function show(
  chat: ChatModel,
  raw: Outgoing,
  media?: MediaRecord,
  mediaData?: MediaData,
): Promise<{ record: MessageRecord; model: MsgModel }> {
  const key = raw.id.toString();
  const known = await readMessage(key);
  const model = known === undefined ? undefined : cacheMessage(known);
  if (known !== undefined && model !== undefined) return { record: known, model };
  const filehash = media?.filehash ?? raw.filehash;
  const wire = wireOf(chat, raw, media?.mimetype ?? (raw.filehash === undefined ? undefined : raw.mimetype));
  const record: MessageRecord = {
    key,
    chat: wire.to,
    id: wire.id,
    at: wire.at,
    fromMe: true,
    ack: 0,
    pending: 1,
    wire,
    ...(filehash === undefined ? {} : { filehash }),
  };
  await commit({ messages: [record], ...(media === undefined ? {} : { media: [media] }) });
  return { record, model: showModel(chat, record, raw, mediaData) };
}

function showModel(chat: ChatModel, record: MessageRecord, raw: Outgoing, mediaData?: MediaData): MsgModel {
  const attributes = {
    ...raw,
    ...attributesOf(record),
    ...(mediaData === undefined ? {} : { mediaData }),
    id: raw.id,
    isNewMsg: true,
  };
  const model = new MsgModel(attributes);
  MsgCollection.add(model);
  chat.msgs.add(model);
  noteLastMessage(chat, raw.id, model.t);
  return model;
}

const inFlight = new Map<string, Promise<SendResult>>();

/** Sends a stored message; after a lost connection it waits for `resendPending`. */
function deliver(record: MessageRecord): Promise<SendResult> {
  if (record.pending === undefined)
    return Promise.resolve({
      messageSendResult: record.ack < 0 ? "ERROR_UNKNOWN" : "OK",
      t: Math.floor(record.at / 1000),
    });
  const present = inFlight.get(record.key);
  if (present !== undefined) return present;
  const delivery = attempt(record).finally(() => inFlight.delete(record.key));
  inFlight.set(record.key, delivery);
  return delivery;
}

async function attempt(record: MessageRecord): Promise<SendResult> {
  for (;;) {
    try {
      const reply = await ask("send", await withBytes(record));
      await recordAnswer(record.key, reply.ack, reply.at);
      return { messageSendResult: "OK", t: Math.floor(reply.at / 1000) };
    } catch (error) {
      if (error instanceof RefusedError) {
        console.warn(error);
        await recordAnswer(record.key, -1, record.at);
        return { messageSendResult: "ERROR_UNKNOWN", t: Math.floor(record.at / 1000) };
      }
      await new Promise<void>((resolve) => Cmd.once("connection_ready", () => resolve()));
    }
  }
}

async function withBytes(record: MessageRecord): Promise<WireOperations["send"][0]> {
  const { from: _from, at: _at, pushName: _pushName, ...wire } = record.wire;
  if (record.filehash === undefined || wire.media === undefined) return wire;
  const media = await readMedia(record.filehash);
  if (media === undefined) throw new RefusedError("invalid", "the media no longer exists");
  return { ...wire, media: { ...wire.media, data: await base64Of(media.bytes) } };
}

/** Records the server's answer, in the store and then in the model. A receipt may have arrived before the answer. */
async function recordAnswer(key: string, ack: number, at: number): Promise<void> {
  await amendMessage(key, ({ pending: _done, ...record }) => ({
    ...record,
    ack: ack < 0 ? ack : Math.max(ack, record.ack),
    at,
  }));
  const model = MsgCollection.get(key);
  model?.set({ t: Math.floor(at / 1000) });
  if (model !== undefined && (ack < 0 || ack > model.ack)) model.set({ ack });
}

/** Sends the stored messages that the server has not answered, in order; called when the connection is ready. */
export async function resendPending(): Promise<void> {
  Cmd.trigger("connection_ready");
  for (const record of await readPending()) {
    await loadMessage(record.key);
    deliver(record).catch((error: unknown) => console.error(error));
  }
}

define("WAWebSendMsgChatAction", { addAndSendMsgToChat: (chat: ChatModel, raw: Outgoing) => sendMessage(chat, raw) });
define("WAWebSendMsgResultAction", {
  SendMsgResult: {
    OK: "OK",
    ERROR_NETWORK: "ERROR_NETWORK",
    ERROR_UNKNOWN: "ERROR_UNKNOWN",
    ERROR_UPLOAD: "ERROR_UPLOAD",
  },
});
define("WAWebAck", {
  ACK: { FAILED: -1, CLOCK: 0, SENT: 1, RECEIVED: 2, READ: 3, PLAYED: 4, PEER: 5 },
  ACK_STRING: { SENDER: "sender", DELIVERY: "delivery", READ: "read", PLAYED: "played", INACTIVE: "inactive" },
  EDIT_ATTR: { SENDER_REVOKE: 7, ADMIN_REVOKE: 8 },
});
define("WAWebMsgKeyNewId", { default: { newId: MsgKey.newId } });
