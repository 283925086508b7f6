/** Chats of a session's account: listing, changing and deleting them. */
import { z } from "zod";
import { Address } from "../address.ts";
import { listOf, object, page, route } from "../route.ts";
import { Message } from "../message.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Chats";
/** How a chat is named in a path. */
export const CHAT = "The chat: a phone number, or a WhatsApp id such as 15550100002@c.us or 1203…@g.us";
export const ChatParams = SessionParams.extend({ chatId: z.string().min(3).max(200).describe(CHAT) });
export const Done = z.object({ ok: z.literal(true) });

/** The timers that WhatsApp offers: off, a day, a week, 90 days. */
export const DisappearAfter = z
  .literal([0, 86_400, 604_800, 7_776_000])
  .describe("After how many seconds messages disappear: 0 (never), 86400, 604800 or 7776000");

export const Chat = z
  .object({
    chat: Address,
    name: z.string().nullable(),
    unread: z.int(),
    lastAt: z.iso.datetime().nullable(),
    archived: z.boolean(),
    pinned: z.boolean(),
    mutedUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: "Chat" });

export const listChats = route({
  method: "GET",
  path: "/sessions/:session/chats",
  action: "contact.chats",
  permission: "chat:read",
  summary: "List the account's chats, latest first",
  tag,
  params: SessionParams,
  query: object(page),
  responses: { 200: listOf(Chat) },
  problems: ["cursor_invalid", ...DRIVER_PROBLEMS],
});

export const listChatMessages = route({
  method: "GET",
  path: "/sessions/:session/chats/:chatId/messages",
  action: "message.listOfChat",
  permission: "message:read",
  summary: "List the stored messages of a chat, newest first",
  tag,
  params: ChatParams,
  query: object(page),
  responses: { 200: listOf(Message) },
  problems: ["cursor_invalid", "invalid_phone"],
});

function change(
  verb: "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear",
  summary: string,
) {
  return route({
    method: "POST",
    path: `/sessions/:session/chats/:chatId/${verb}`,
    action: `contact.${verb}Chat`,
    permission: "chat:write",
    summary,
    tag,
    params: ChatParams,
    body: object({}).optional(),
    responses: { 200: Done },
    problems: DRIVER_PROBLEMS,
  });
}
export const unreadChat = change("unread", "Mark a chat as unread");
export const archiveChat = change("archive", "Archive a chat");
export const unarchiveChat = change("unarchive", "Unarchive a chat");
export const pinChat = change("pin", "Pin a chat");
export const unpinChat = change("unpin", "Unpin a chat");
export const muteChat = change("mute", "Mute a chat");
export const unmuteChat = change("unmute", "Unmute a chat");
export const clearChat = change("clear", "Delete all messages of a chat on the account's devices");

export const setDisappearing = route({
  method: "PUT",
  path: "/sessions/:session/chats/:chatId/disappearing",
  action: "contact.setDisappearing",
  permission: "chat:write",
  summary: "Set after how long messages of a chat disappear",
  tag,
  params: ChatParams,
  body: object({ seconds: DisappearAfter }),
  responses: { 200: Done },
  problems: DRIVER_PROBLEMS,
});

export const deleteChat = route({
  method: "DELETE",
  path: "/sessions/:session/chats/:chatId",
  action: "contact.deleteChat",
  permission: "chat:write",
  summary: "Delete a chat on the account's devices",
  tag,
  params: ChatParams,
  responses: { 204: null },
  problems: DRIVER_PROBLEMS,
});

export const chatRoutes = [
  listChats,
  listChatMessages,
  unreadChat,
  archiveChat,
  unarchiveChat,
  pinChat,
  unpinChat,
  muteChat,
  unmuteChat,
  clearChat,
  setDisappearing,
  deleteChat,
];
