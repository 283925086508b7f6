/** Presence: typing and availability on WhatsApp, and which users of the tenant are online. */
import { z } from "zod";
import { listOf, object, page, route } from "../route.ts";
import { ChatParams } from "./chat.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Presence";

export const setTyping = route({
  method: "POST",
  path: "/sessions/:session/chats/:chatId/typing",
  action: "presence.typing",
  permission: "presence:write",
  summary: "Show the account as typing or recording in a chat",
  tag,
  params: ChatParams,
  body: object({
    state: z.enum(["typing", "recording", "paused"]).describe("paused ends the other two"),
    duration: z
      .int()
      .min(100)
      .max(60_000)
      .optional()
      .describe("Time in ms after which it ends automatically; 10 s by default"),
  }),
  responses: { 200: z.object({ ok: z.literal(true) }) },
  problems: DRIVER_PROBLEMS,
});

export const markChatRead = route({
  method: "POST",
  path: "/sessions/:session/chats/:chatId/read",
  action: "presence.markRead",
  permission: "chat:write",
  summary: "Send read receipts for the unread messages of a chat",
  tag,
  params: ChatParams,
  body: object({}).optional(),
  responses: { 200: z.object({ ok: z.literal(true) }) },
  problems: DRIVER_PROBLEMS,
});

export const getPresence = route({
  method: "GET",
  path: "/sessions/:session/presence/:chatId",
  action: "presence.get",
  permission: "presence:read",
  summary: "Get a contact's presence, as far as the contact shares it",
  tag,
  params: ChatParams,
  responses: {
    200: z.object({
      chatId: z.string(),
      online: z.boolean().describe("Whether the contact is online now"),
      lastSeen: z.iso.datetime().nullable(),
    }),
  },
  problems: DRIVER_PROBLEMS,
});

export const subscribePresence = route({
  method: "POST",
  path: "/sessions/:session/presence/subscribe",
  action: "presence.subscribe",
  permission: "presence:write",
  summary: "Subscribe to the presence of contacts",
  tag,
  params: SessionParams,
  body: object({
    chatIds: z
      .array(z.string().max(200))
      .min(1)
      .max(100)
      .describe("Phone numbers or WhatsApp ids; the events presence.online and presence.offline follow"),
  }),
  responses: { 200: z.object({ ok: z.literal(true) }) },
  problems: DRIVER_PROBLEMS,
});

export const setPresence = route({
  method: "PUT",
  path: "/sessions/:session/presence",
  action: "presence.set",
  permission: "presence:write",
  summary: "Show the account as online or offline",
  tag,
  params: SessionParams,
  body: object({ available: z.boolean().describe("Whether the account appears online to others") }),
  responses: { 200: z.object({ ok: z.literal(true) }) },
  problems: DRIVER_PROBLEMS,
});

const UserState = z.enum(["online", "offline"]);

export const UserPresence = z
  .object({
    userId: z.string(),
    state: UserState.describe(
      "online while the user has an open socket, and for some seconds after the last one closes",
    ),
    since: z.iso.datetime().nullable().describe("null for a user who never had a socket"),
    sockets: z.int().describe("Open sockets, over all tabs and devices"),
    lastSeenAt: z.iso.datetime().nullable().describe("The current time for a user who is online"),
    connectionsLastDay: z.int().describe("Sockets opened in the last 24 hours, counted by the hour"),
  })
  .meta({ id: "UserPresence" });
export type UserPresence = z.infer<typeof UserPresence>;

export const listUserPresence = route({
  method: "GET",
  path: "/presence/users",
  action: "presence.users",
  permission: "presence:read",
  summary: "List the tenant's users and whether they are online",
  tag,
  query: object({ ...page, state: UserState.optional().describe("Only users in this state") }),
  responses: { 200: listOf(UserPresence) },
  problems: ["cursor_invalid"],
});

export const presenceRoutes = [setTyping, markChatRead, getPresence, subscribePresence, setPresence, listUserPresence];
