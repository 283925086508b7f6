/** Sends each kind of content through the page. Content that becomes a new message is sent under the chosen key. */
import { z } from "zod";
import type { StoredMedia } from "../../contracts/media.ts";
import type { Content } from "../../contracts/transport.ts";
import { forget, upload } from "./media-transfer.ts";
import type { PageCalls } from "./page-calls.ts";
import { throwNotSent } from "./refusals.ts";

export const TEXT_WITHIN_MS = 20_000;
const MEDIA_WITHIN_MS = 120_000;

/** The page's result for a message that it sent; t is in Unix seconds. */
export const Sent = z.object({ ack: z.number(), result: z.string().nullable(), t: z.number().nullable() });
export type Sent = z.infer<typeof Sent>;

type Outbound = Content<StoredMedia>;
export type Of<T extends Outbound["type"]> = Extract<Outbound, { type: T }>;
type MediaContent = Extract<Outbound, { media: StoredMedia }>;

/**
 * Every default of the library, set by us. Reading a chat and mentioning people happen when they are asked for: a send
 * must give no read receipts, and digits after an @ in a text are no mention. Pacing is the send queue's.
 */
export const SEND_DEFAULTS = {
  waitForAck: true,
  markIsRead: false,
  detectMentioned: false,
  linkPreview: false,
  delay: 0,
} as const;

export interface Options extends Omit<typeof SEND_DEFAULTS, "linkPreview"> {
  readonly messageId: string;
  readonly linkPreview: boolean;
  readonly quotedMsg?: string;
  readonly mentionedList?: string[];
}
interface SendRequest<C> {
  readonly chat: string;
  readonly content: C;
  readonly options: Options;
}

const FILE_TYPES: Record<MediaContent["type"], string> = {
  gif: "video",
  image: "image",
  video: "video",
  audio: "audio",
  voice: "audio",
  document: "document",
  sticker: "sticker",
};

/** Sends a file. */
export async function sendMedia(page: PageCalls, { chat, content, options }: SendRequest<MediaContent>): Promise<Sent> {
  const blob = await upload(page, content.media).catch(throwNotSent);
  const { mimetype, filename } = content.media;
  const fileOptions = {
    ...options,
    type: FILE_TYPES[content.type],
    mimetype,
    ...(filename === null ? {} : { filename }),
    ...(content.caption === undefined ? {} : { caption: content.caption }),
    // The library measures the length and the waveform itself.
    ...(content.type === "voice" ? { isPtt: true, waveform: true } : {}),
    ...(content.type === "gif" ? { isGif: true } : {}),
    ...(content.viewOnce === true ? { isViewOnce: true } : {}),
  };
  try {
    return await page.run(Sent, callSendFile, { chat, blob, options: fileOptions }, MEDIA_WITHIN_MS);
  } finally {
    await forget(page, blob).catch(() => undefined);
  }
}

/** Runs in the page. */
async function callSendFile({ chat, blob, options }: { chat: string; blob: string; options: object }): Promise<Sent> {
  const file = globalThis.wppBlobs?.get(blob);
  if (file === undefined) throw new Error("the upload is gone");
  // Given the status as text, the library leaves the choice of the message's id to the page; not so as an id object.
  const to = chat === "status@broadcast" ? WPP.whatsapp.WidFactory.createWid(chat) : chat;
  const { ack, sendMsgResult } = await WPP.chat.sendFileMessage(
    to,
    file,
    options as Parameters<typeof WPP.chat.sendFileMessage>[2],
  );
  return { ack, result: sendMsgResult?.messageSendResult ?? null, t: sendMsgResult?.t ?? null };
}

/** Attributes that a forwarded message must not copy from the original. */
const NOT_FORWARDED = [
  "id",
  "from",
  "to",
  "author",
  "t",
  "ack",
  "star",
  "isNewMsg",
  "notifyName",
  "quotedMsg",
  "quotedStanzaID",
  "quotedParticipant",
  "mentionedJidList",
  "latestEditMsgKey",
];

/** Forwards by sending a new message, because the library's own function would choose the id. */
export function sendForward(page: PageCalls, { chat, content, options }: SendRequest<Of<"forward">>): Promise<Sent> {
  return page.run(
    Sent,
    callForward,
    { chat, target: content.target, options, excluded: NOT_FORWARDED },
    MEDIA_WITHIN_MS,
  );
}

/** Runs in the page. */
async function callForward({
  chat,
  target,
  options,
  excluded,
}: {
  chat: string;
  target: string;
  options: Options;
  excluded: string[];
}): Promise<Sent> {
  const original = await WPP.chat.getMessageById(target);
  if (original.type === "revoked") throw Object.assign(new Error("the message was revoked"), { code: "msg_not_found" });
  if (original.mediaData !== undefined && original.mediaData !== null) await WPP.chat.downloadMedia(target);
  const content = Object.fromEntries(Object.entries(original.attributes).filter(([name]) => !excluded.includes(name)));
  const { ack, sendMsgResult } = await WPP.chat.sendRawMessage(
    chat,
    { ...content, isForwarded: true, forwardingScore: 1 },
    options,
  );
  return { ack, result: sendMsgResult?.messageSendResult ?? null, t: sendMsgResult?.t ?? null };
}

/** Changes a message. Making the change twice has the same effect as once, so it needs no key. */
export function changeMessage(
  page: PageCalls,
  content: Of<"reaction" | "edit" | "revoke">,
  waId: string,
): Promise<Sent> {
  if (content.type === "reaction")
    return page.run(Sent, callReact, { target: content.target, emoji: content.emoji }, TEXT_WITHIN_MS);
  if (content.type === "revoke") return page.run(Sent, callRevoke, content.target, TEXT_WITHIN_MS);
  return page.run(
    Sent,
    callEdit,
    { target: content.target, text: content.text, waId, options: SEND_DEFAULTS },
    TEXT_WITHIN_MS,
  );
}

/** Runs in the page. */
async function callReact({ target, emoji }: { target: string; emoji: string }): Promise<Sent> {
  const { type } = await WPP.chat.getMessageById(target);
  if (type === "revoked") throw Object.assign(new Error("the message was revoked"), { code: "msg_not_found" });
  await WPP.chat.sendReactionToMessage(target, emoji === "" ? false : emoji);
  return { ack: 1, result: "OK", t: null };
}

interface Edit {
  readonly target: string;
  readonly text: string;
  readonly waId: string;
  readonly options: typeof SEND_DEFAULTS;
}

/** Runs in the page. The library has one error for every reason; what is left to it here is a change that comes late. */
async function callEdit({ target, text, waId, options }: Edit): Promise<Sent> {
  const fail = (code: string): never => {
    throw Object.assign(new Error("the message cannot be edited"), { code });
  };
  const { id, type } = await WPP.chat.getMessageById(target);
  if (!id.fromMe) fail("not_own_message");
  if (type === "revoked") fail("msg_not_found");
  if (!["chat", "image", "video", "document"].includes(type ?? "")) fail("kind_not_editable");
  const [fromMe, chat, , author] = target.split("_");
  const messageId = [fromMe, chat, waId, ...(author === undefined ? [] : [author])].join("_");
  await WPP.chat.editMessage(target, text, { ...options, messageId });
  return { ack: 1, result: "OK", t: null };
}

/** Runs in the page. The library deletes what it may not revoke from this device, as if that had been asked for. */
async function callRevoke(target: string): Promise<Sent> {
  const fail = (code: string): never => {
    throw Object.assign(new Error("the message cannot be revoked"), { code });
  };
  const { id, type } = await WPP.chat.getMessageById(target);
  if (!id.fromMe && !id.remote.isGroup()) fail("not_own_message");
  if (!id.fromMe && !(await WPP.group.iAmAdmin(id.remote.toString()))) fail("group_you_are_not_admin");
  if (type === "revoked") return { ack: 1, result: "OK", t: null };
  const result = await WPP.chat.deleteMessage(target.split("_")[1] ?? "", target, false, true);
  if (!("isRevoked" in result) || !result.isRevoked) fail("edit_message_error");
  return { ack: 1, result: "OK", t: null };
}
