/** Chats: reading them, and what a person does with them. */
import { z } from "zod";
import { secondsOf, toChat, toMessage } from "../../../../compat/wppconnect/shapes.ts";
import type { Message } from "../../../../contracts/message.ts";
import * as chats from "../../../../contracts/routes/chat.ts";
import { getPresence } from "../../../../contracts/routes/presence.ts";
import type { Route } from "../../../../contracts/route.ts";
import { chatOfPath, doorRoute, Flag, raw, success, type DoorCall } from "../call.ts";
import { ownOf } from "../sending.ts";

type Chat = z.infer<typeof chats.Chat>;

const common = { group: "Chats", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
/** The most chats of one answer, and the most messages of one chat. */
const MOST_CHATS = 10_000;
const MOST_MESSAGES = 1_000;

export async function allChats(call: DoorCall): Promise<Chat[]> {
  return call.api.all<Chat>(chats.listChats, { params: { session: call.session } }, MOST_CHATS);
}

/** The stored messages of a chat as the library gives them, oldest first. */
async function messagesOf(call: DoorCall, chatId: string, most: number): Promise<unknown[]> {
  const params = { session: call.session, chatId };
  const own = await ownOf(call);
  const newestFirst = await call.api.all<Message>(chats.listChatMessages, { params }, most);
  return newestFirst.toReversed().map((message) => toMessage(message, own));
}

/** The unread messages of all chats. */
async function unreadMessages(call: DoorCall): Promise<unknown[]> {
  const own = await ownOf(call);
  const found: unknown[] = [];
  for (const chat of (await allChats(call)).filter(({ unread }) => unread > 0)) {
    const params = { session: call.session, chatId: chat.chat.chatId };
    const newest = await call.api.all<Message>(chats.listChatMessages, { params }, MOST_MESSAGES);
    const received = newest.filter(({ direction }) => direction === "inbound").slice(0, chat.unread);
    found.push(...received.toReversed().map((message) => toMessage(message, own)));
  }
  return found;
}

/** Does one thing with a chat. */
export function change(call: DoorCall, route: Route, chatId: string, body?: unknown): Promise<unknown> {
  return call.api.call(route, { params: { session: call.session, chatId }, body });
}

const MessagesOf = { method: "GET", ...common } as const;
const numberOf = (text: string | undefined, most: number): number => {
  const number = Number(text);
  if (number === -1) return MOST_MESSAGES;
  return Number.isInteger(number) && number > 0 ? Math.min(number, MOST_MESSAGES) : most;
};

const filterChats = z.looseObject({
  id: z.string().optional(),
  count: z.coerce.number().optional(),
  onlyGroups: Flag,
  onlyUsers: Flag,
  onlyWithUnreadMessage: Flag,
});

export const chatRoutes = [
  doorRoute({
    ...MessagesOf,
    path: path("all-chats"),
    summary: "List the chats",
    handle: async (call) => ({
      status: 200,
      body: { status: "success", response: (await allChats(call)).map(toChat), mapper: "chat" },
    }),
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("list-chats"),
    summary: "List some chats",
    body: filterChats,
    handle: async (call, filter) => {
      const found = (await allChats(call)).filter(({ chat: { chatId }, unread }) => {
        const isGroup = chatId.endsWith("@g.us");
        if (filter.onlyGroups && !isGroup) return false;
        if (filter.onlyUsers && isGroup) return false;
        return !filter.onlyWithUnreadMessage || unread > 0;
      });
      const start = filter.id === undefined ? 0 : found.findIndex(({ chat }) => chat.chatId === filter.id) + 1;
      const end = filter.count === undefined || filter.count < 0 ? undefined : start + filter.count;
      return raw(found.slice(start, end).map(toChat));
    },
  }),
  doorRoute({
    ...MessagesOf,
    path: path("all-chats-archived"),
    summary: "List the archived chats",
    handle: async (call) => raw((await allChats(call)).filter(({ archived }) => archived).map(toChat), 201),
  }),
  doorRoute({
    ...MessagesOf,
    path: path("all-chats-with-messages"),
    summary: "List the chats that have messages",
    handle: async (call) => success((await allChats(call)).filter(({ lastAt }) => lastAt !== null).map(toChat)),
  }),
  doorRoute({
    ...MessagesOf,
    path: path("all-messages-in-chat/:phone"),
    summary: "Read the messages of a chat",
    handle: async (call) => {
      const messages = await messagesOf(call, chatOfPath(call), MOST_MESSAGES);
      const withOwn = call.query["includeMe"] !== "false";
      return success(messages.filter((message) => withOwn || !(message as { fromMe: boolean }).fromMe));
    },
  }),
  doorRoute({
    ...MessagesOf,
    path: path("load-messages-in-chat/:phone"),
    summary: "Read the messages of a chat",
    handle: async (call) => success(await messagesOf(call, chatOfPath(call), MOST_MESSAGES)),
  }),
  doorRoute({
    ...MessagesOf,
    path: path("get-messages/:phone"),
    summary: "Read the newest messages of a chat, or those before or after one",
    handle: async (call) => {
      const { id, direction } = call.query;
      const count = numberOf(call.query["count"], 20);
      const all = (await messagesOf(call, chatOfPath(call), id === undefined ? count : MOST_MESSAGES)) as {
        id: string;
      }[];
      if (id === undefined || id === "null") return success(all.slice(-count));
      const at = all.findIndex((message) => message.id === id);
      if (at === -1) return success([]);
      return success(
        direction === "after" ? all.slice(at + 1, at + 1 + count) : all.slice(Math.max(0, at - count), at),
      );
    },
  }),
  ...["all-new-messages", "unread-messages", "all-unread-messages"].map((name) =>
    doorRoute({
      ...MessagesOf,
      path: path(name),
      summary: "Read the unread messages of all chats",
      handle: async (call) => success(await unreadMessages(call)),
    }),
  ),
  doorRoute({
    ...MessagesOf,
    path: path("chat-by-id/:phone"),
    summary: "Get a chat",
    handle: async (call) => {
      const id = chatOfPath(call);
      const found = (await allChats(call)).find(({ chat }) => [chat.chatId, chat.lid].includes(id));
      return raw(found === undefined ? {} : toChat(found));
    },
  }),
  doorRoute({
    ...MessagesOf,
    path: path("chat-is-online/:phone"),
    summary: "Whether a person is online",
    handle: async (call) => {
      const seen = (await change(call, getPresence, chatOfPath(call))) as { online: boolean };
      return success(seen.online);
    },
  }),
  doorRoute({
    ...MessagesOf,
    path: path("last-seen/:phone"),
    summary: "When a person was last seen, in seconds; false when it is not shown",
    handle: async (call) => {
      const { lastSeen } = (await change(call, getPresence, chatOfPath(call))) as { lastSeen: string | null };
      return success(lastSeen === null ? false : secondsOf(lastSeen));
    },
  }),
  doorRoute({
    ...MessagesOf,
    path: path("list-mutes/:type"),
    summary: "List the muted chats (`muted`), those that are not (`noMuted`), or all",
    handle: async (call) => {
      const kind = call.params["type"];
      const wanted = (await allChats(call)).filter(({ mutedUntil }) => {
        if (kind === "noMuted") return mutedUntil === null;
        return kind === "all" || mutedUntil !== null;
      });
      return success(
        wanted.map(({ chat, mutedUntil }) => ({
          id: chat.chatId,
          expiration: mutedUntil === null ? 0 : secondsOf(mutedUntil),
          isMuted: mutedUntil !== null,
        })),
      );
    },
  }),
];
