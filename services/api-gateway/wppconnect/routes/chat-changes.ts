/** What a person does with a chat: archiving, muting, clearing it, and showing that one types. */
import { z } from "zod";
import * as chats from "../../../../contracts/routes/chat.ts";
import { markChatRead, setTyping } from "../../../../contracts/routes/presence.ts";
import type { Route } from "../../../../contracts/route.ts";
import { doorRoute, Flag, FlagOn, success, Target, toChatId, toChatIds, type Answer, type DoorCall } from "../call.ts";
import { allChats, change } from "./chats.ts";

const common = { group: "Chats", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;

/** Does the same with every chat, and answers with what became of each. */
async function changeAll(call: DoorCall, route: Route): Promise<Answer> {
  const results: object[] = [];
  for (const { chat } of await allChats(call)) {
    await change(call, route, chat.chatId);
    results.push({ chatId: chat.chatId, status: true });
  }
  return success(results, 201);
}

const one = <B extends z.ZodType>(
  name: string,
  summary: string,
  body: B,
  handle: (call: DoorCall, body: z.output<B>) => Promise<Answer>,
  differs?: string,
) =>
  doorRoute({
    method: "POST",
    ...common,
    path: path(name),
    summary,
    body,
    ...(differs === undefined ? {} : { differs }),
    handle,
  });

const STATES = ["typing", "recording", "paused"] as const;

export const chatChangeRoutes = [
  one("archive-chat", "Archive a chat", Target.extend({ value: FlagOn }), async (call, body) => {
    const results: object[] = [];
    for (const chatId of toChatIds(body)) {
      await change(call, body.value ? chats.archiveChat : chats.unarchiveChat, chatId);
      results.push({ id: chatId, archive: body.value });
    }
    return success(results, 201);
  }),
  one("archive-all-chats", "Archive every chat", z.looseObject({}), (call) => changeAll(call, chats.archiveChat)),
  one("clear-chat", "Delete the messages of a chat", Target, async (call, body) => {
    for (const chatId of toChatIds(body)) await change(call, chats.clearChat, chatId);
    return success({ status: true });
  }),
  one("clear-all-chats", "Delete the messages of every chat", z.looseObject({}), (call) =>
    changeAll(call, chats.clearChat),
  ),
  one("delete-chat", "Delete a chat", Target, async (call, body) => {
    for (const chatId of toChatIds(body)) await change(call, chats.deleteChat, chatId);
    return success({ status: true });
  }),
  one("delete-all-chats", "Delete every chat", z.looseObject({}), (call) => changeAll(call, chats.deleteChat)),
  one("mark-unseen", "Mark a chat as unread", Target, async (call, body) => {
    for (const chatId of toChatIds(body)) await change(call, chats.unreadChat, chatId);
    return success({ message: "unseen checked" });
  }),
  one("pin-chat", "Pin a chat, or take it down", Target.extend({ state: Flag }), async (call, body) => {
    for (const chatId of toChatIds(body)) await change(call, body.state ? chats.pinChat : chats.unpinChat, chatId);
    return success({ message: "Chat fixed" });
  }),
  one(
    "send-mute",
    "Mute a chat",
    Target.extend({ time: z.coerce.number().optional(), type: z.string().optional() }),
    async (call, body) => {
      const ends = body.time === 0 || body.time === -1;
      for (const chatId of toChatIds(body)) await change(call, ends ? chats.unmuteChat : chats.muteChat, chatId);
      return success(toChatIds(body).map((id) => ({ id, isMuted: !ends })));
    },
    "a chat is muted until it is unmuted (`time` 0): `time` and `type` do not end it",
  ),
  one("send-seen", "Mark a chat as read", Target, async (call, body) => {
    for (const chatId of toChatIds(body)) await change(call, markChatRead, chatId);
    return success(toChatIds(body).map((id) => ({ id, seen: true })));
  }),
  one(
    "chat-state",
    "Show that one types (0), records (1) or does neither (2)",
    Target.extend({
      chatstate: z.coerce.number().int().min(0).max(2),
    }),
    async (call, body) => {
      await change(call, setTyping, toChatId(body), { state: STATES[body.chatstate] });
      return success({ chatstate: body.chatstate });
    },
  ),
  one(
    "typing",
    "Show that one types, or stop it",
    Target.extend({ value: FlagOn, duration: z.coerce.number().optional() }),
    async (call, body) => {
      for (const chatId of toChatIds(body)) await change(call, setTyping, chatId, typing(body, "typing"));
      return success(true);
    },
  ),
  one(
    "recording",
    "Show that one records, or stop it",
    Target.extend({ value: FlagOn, duration: z.coerce.number().optional() }),
    async (call, body) => {
      for (const chatId of toChatIds(body)) await change(call, setTyping, chatId, typing(body, "recording"));
      return success(true);
    },
  ),
  one(
    "temporary-messages",
    "Let the messages of a chat disappear after seven days, or no longer",
    Target.extend({ value: FlagOn }),
    async (call, body) => {
      for (const chatId of toChatIds(body))
        await change(call, chats.setDisappearing, chatId, { seconds: body.value ? 604_800 : 0 });
      return success(true);
    },
  ),
];

const LONGEST_TYPING_MS = 60_000;

function typing(
  { value, duration }: { value: boolean; duration?: number | undefined },
  state: "typing" | "recording",
): object {
  if (!value) return { state: "paused" };
  return { state, ...(duration === undefined ? {} : { duration: Math.min(duration, LONGEST_TYPING_MS) }) };
}
