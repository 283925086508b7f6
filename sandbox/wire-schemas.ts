/** Strict schemas of everything that a device may send. A frame that does not match causes only an error. */
import { z } from "zod";
import { CONTENT_KINDS, MEDIA_KINDS } from "../contracts/message-kinds.ts";
import { refusedOptions } from "../contracts/sandbox.ts";
import { isChatId } from "../contracts/address.ts";
import { isEmoji } from "../contracts/emoji.ts";
import type { WireOperationName, WireOperations } from "../contracts/sandbox-wire.ts";

/** The largest frame, in bytes: 16 MB of media, as Base64, fit into it. */
export const FRAME_LIMIT = 24 * 1024 * 1024;

export const DeviceFrame = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    token: z.string().max(200).nullable(),
    deviceName: z.string().trim().min(1).max(100),
    wantsQr: z.boolean(),
  }),
  z.strictObject({ type: z.literal("ack"), seq: z.int().min(0) }),
  z.strictObject({ type: z.literal("request"), id: z.int().min(0), op: z.string().max(50), input: z.unknown() }),
]);
export type DeviceFrame = z.output<typeof DeviceFrame>;

/** Parses a frame; null when the text is not one. */
export function parseFrame(text: string): DeviceFrame | null {
  try {
    return DeviceFrame.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

const chat = z.string().max(60).refine(isChatId, "must be a chat id");
const group = z.string().regex(/^[\d-]{5,40}@g\.us$/, "must be a group id");
const messageId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, "must be 1 to 64 letters, digits, dots or dashes");
const people = z.array(chat).max(1024);
const groupName = z.string().trim().min(1).max(100);
const limit = z.int().min(1).max(5000);
const empty = z.strictObject({});
const inviteCode = z.string().min(1).max(100);
const typingState = z.enum(["typing", "recording", "paused"]);

const Media = z.strictObject({
  mimetype: z.string().min(1).max(200),
  filename: z.string().max(255).nullable(),
  data: z.string().max(FRAME_LIMIT).refine(isBase64, "must be Base64"),
});

/** Zod's own check is a backtracking expression; this one is linear, as the text can have tens of megabytes. */
function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

const type = z.enum([...CONTENT_KINDS, "reaction", "edit", "revoke", "poll_vote"]);

/** The fields that each type requires. */
const REQUIRED_FIELDS: Partial<Record<z.output<typeof type>, readonly (keyof WireOperations["send"][0])[]>> = {
  text: ["text"],
  ...Object.fromEntries(MEDIA_KINDS.map((name) => [name, ["media"]])),
  location: ["latitude", "longitude"],
  contact: ["contacts"],
  poll: ["text", "options"],
  reaction: ["targetId", "text"],
  edit: ["targetId", "text"],
  revoke: ["targetId"],
  poll_vote: ["targetId", "options"],
};

const Draft = z
  .strictObject({
    id: messageId,
    to: chat,
    type,
    text: z.string().max(65_536).exactOptional(),
    media: Media.exactOptional(),
    viewOnce: z.boolean().exactOptional(),
    seconds: z.int().min(0).exactOptional(),
    waveform: z.array(z.int().min(0).max(100)).max(64).exactOptional(),
    latitude: z.number().min(-90).max(90).exactOptional(),
    longitude: z.number().min(-180).max(180).exactOptional(),
    name: z.string().max(1000).exactOptional(),
    address: z.string().max(1000).exactOptional(),
    contacts: z
      .array(z.strictObject({ name: z.string().max(200), vcard: z.string().min(1).max(20_000) }))
      .min(1)
      .max(50)
      .exactOptional(),
    options: z.array(z.string().min(1).max(100)).max(12).exactOptional(),
    selectableCount: z.int().min(0).max(12).exactOptional(),
    quotedId: messageId.exactOptional(),
    quotedFrom: chat.exactOptional(),
    targetId: messageId.exactOptional(),
    targetFrom: chat.exactOptional(),
    mentions: z.array(chat).max(256).exactOptional(),
    forwarded: z.boolean().exactOptional(),
  })
  .superRefine((draft, context) => {
    for (const field of REQUIRED_FIELDS[draft.type] ?? []) {
      if (draft[field] === undefined)
        context.addIssue({ code: "custom", path: [field], message: `is required for a message of type ${draft.type}` });
    }
    for (const [field, option] of refusedOptions(draft))
      context.addIssue({ code: "custom", path: [field], message: `a message of type ${draft.type} has no ${option}` });
    for (const [field, message] of findFaults(draft)) context.addIssue({ code: "custom", path: [field], message });
  });

/** What WhatsApp's server refuses although every field has its type. */
function findFaults(draft: WireOperations["send"][0]): [field: string, message: string][] {
  const { type: kind, text = "", options = [] } = draft;
  if (kind === "reaction" && text !== "" && !isEmoji(text)) return [["text", "a reaction is a single emoji"]];
  if (kind !== "poll") return [];
  const faults: [string, string][] = [];
  if (text.trim() === "") faults.push(["text", "a poll needs a question"]);
  if (options.length < 2) faults.push(["options", "a poll needs at least two options"]);
  if (options.some((option) => option.trim() === "")) faults.push(["options", "a poll's option must not be blank"]);
  if (new Set(options).size < options.length) faults.push(["options", "a poll's options must be different"]);
  return faults;
}

export const OPERATION_INPUTS: { readonly [N in WireOperationName]: z.ZodType<WireOperations[N][0]> } = {
  send: Draft,
  find: z.strictObject({ id: messageId }),
  ping: empty,
  pairingCode: z.strictObject({ phone: z.string().regex(/^\d{5,20}$/) }),
  logout: empty,
  typing: z.strictObject({ chat, state: typingState }),
  setPresence: z.strictObject({ available: z.boolean() }),
  subscribePresence: z.strictObject({ who: people }),
  getPresence: z.strictObject({ who: chat }),
  markRead: z.strictObject({ chat }),
  checkNumbers: z.strictObject({ ids: z.array(chat).max(1000) }),
  chats: z.strictObject({ limit }),
  changeChat: z.strictObject({
    chat,
    change: z.enum(["unread", "archive", "unarchive", "pin", "unpin", "mute", "unmute", "clear", "delete"]),
  }),
  star: z.strictObject({ from: chat, id: messageId, starred: z.boolean() }),
  message: z.strictObject({ from: chat, id: messageId }),
  history: z.strictObject({ chat: chat.nullable(), since: z.int().min(0), limit }),
  getMedia: z.strictObject({ from: chat, id: messageId }),
  profile: z.strictObject({ id: chat }),
  contacts: empty,
  block: z.strictObject({ id: chat, blocked: z.boolean() }),
  blocklist: empty,
  createGroup: z.strictObject({ name: groupName, participants: people }),
  groups: empty,
  changeParticipants: z.strictObject({
    groupId: group,
    action: z.enum(["add", "remove", "promote", "demote"]),
    participants: people,
  }),
  updateGroup: z.strictObject({
    groupId: group,
    name: groupName.exactOptional(),
    description: z.string().max(2048).exactOptional(),
    announce: z.boolean().exactOptional(),
    locked: z.boolean().exactOptional(),
  }),
  leaveGroup: z.strictObject({ groupId: group }),
  getInvite: z.strictObject({ groupId: group, revoke: z.boolean() }),
  inviteInfo: z.strictObject({ code: inviteCode }),
  joinGroup: z.strictObject({ code: inviteCode }),
  joinRequests: z.strictObject({ groupId: group }),
  answerJoinRequests: z.strictObject({ groupId: group, participants: people, approve: z.boolean() }),
};

/** True for the name of an operation. */
export function isOperationName(text: string): text is WireOperationName {
  return Object.hasOwn(OPERATION_INPUTS, text);
}
