/** Strict schemas of everything that a device may send. A frame that does not match causes only an error. */
import { z } from "zod";
import type { WireOperationName, WireOperations } from "../contracts/sandbox-wire.ts";
import { businessInputs } from "./business-inputs.ts";
import { channelInputs } from "./channel-inputs.ts";
import { Draft } from "./message-schema.ts";
import { peopleInputs } from "./people-inputs.ts";
import { chat, empty, group, groupName, limit, messageId, people } from "./wire-fields.ts";

const deviceName = z.string().trim().min(1).max(100);

export const DeviceFrame = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    token: z.string().max(200).nullable(),
    deviceName,
    wantsQr: z.boolean(),
  }),
  z.strictObject({ type: z.literal("name"), deviceName }),
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

const inviteCode = z.string().min(1).max(100);
const typingState = z.enum(["typing", "recording", "paused"]);

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
    until: z.int().min(0).exactOptional(),
  }),
  star: z.strictObject({ from: chat, id: messageId, starred: z.boolean() }),
  message: z.strictObject({ from: chat, id: messageId }),
  history: z.strictObject({ chat: chat.nullable(), since: z.int().min(0), limit }),
  getMedia: z.strictObject({ from: chat, id: messageId }),
  contacts: empty,
  block: z.strictObject({ id: chat, blocked: z.boolean() }),
  blocklist: empty,
  createGroup: z.strictObject({ name: groupName, participants: people, parent: group.exactOptional() }),
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
    joinApproval: z.boolean().exactOptional(),
    memberAdd: z.boolean().exactOptional(),
  }),
  leaveGroup: z.strictObject({ groupId: group }),
  getInvite: z.strictObject({ groupId: group, revoke: z.boolean() }),
  inviteInfo: z.strictObject({ code: inviteCode }),
  joinGroup: z.strictObject({ code: inviteCode }),
  joinRequests: z.strictObject({ groupId: group }),
  answerJoinRequests: z.strictObject({ groupId: group, participants: people, approve: z.boolean() }),
  ...peopleInputs,
  ...channelInputs,
  ...businessInputs,
};

/** True for the name of an operation. */
export function isOperationName(text: string): text is WireOperationName {
  return Object.hasOwn(OPERATION_INPUTS, text);
}
