/** Operations on chats. */
import { z } from "zod";
import { readChats } from "./chat-reader.ts";
import type { Handlers } from "./handlers.ts";
import { requireMember } from "./membership.ts";
import { PageError, type PageCalls } from "./page-calls.ts";
import { requireKey } from "../target-key.ts";

/** The longest time that WhatsApp Web offers. It also has "always", which the library does not support. */
const MUTE_SECONDS = 365 * 24 * 60 * 60;

const Nothing = z.unknown();

/** The library's errors for a chat that is already in the requested state. */
const NO_CHANGE = new Set(["archive_error", "unarchive_error", "pin_error", "unpin_error"]);

/** Runs in the page. The library starts archiving and does not wait for it. */
async function archive({ chatId, archived }: { chatId: string; archived: boolean }): Promise<void> {
  await WPP.chat.archive(chatId, archived);
  for (const end = Date.now() + 5000; WPP.chat.get(chatId)?.archive !== archived;) {
    if (Date.now() > end) throw new Error("the chat was not archived in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs in the page. */
async function showTyping({
  chatId,
  state,
}: {
  chatId: string;
  state: "typing" | "recording" | "paused";
}): Promise<void> {
  if (WPP.chat.get(chatId) === undefined) await WPP.chat.find(chatId);
  if (state === "typing") await WPP.chat.markIsComposing(chatId);
  else if (state === "recording") await WPP.chat.markIsRecording(chatId);
  else await WPP.chat.markIsPaused(chatId);
}

/** The library creates a chat for some changes, and fails in other ways without one. */
async function requireChat(page: PageCalls, chatId: string): Promise<void> {
  await page.run(
    Nothing,
    (id) => {
      if (WPP.chat.get(id) === undefined) throw Object.assign(new Error(id), { code: "chat_not_found" });
    },
    chatId,
  );
}

async function changeChat(...[{ page }, { chatId, change }]: Parameters<Handlers["changeChat"]>): Promise<void> {
  switch (change) {
    case "unread":
      return void (await page.run(Nothing, (id) => WPP.chat.markIsUnread(id), chatId));
    case "archive":
    case "unarchive":
      return void (await page.run(Nothing, archive, { chatId, archived: change === "archive" }));
    case "pin":
    case "unpin":
      return void (await page.run(Nothing, ({ id, pin }) => WPP.chat.pin(id, pin), {
        id: chatId,
        pin: change === "pin",
      }));
    case "mute":
      return void (await page.run(Nothing, ({ id, duration }) => WPP.chat.mute(id, { duration }), {
        id: chatId,
        duration: MUTE_SECONDS,
      }));
    case "unmute":
      return void (await page.run(Nothing, (id) => WPP.chat.unmute(id), chatId));
    case "clear":
      return void (await page.run(z.object({ status: z.literal(200) }), (id) => WPP.chat.clear(id), chatId));
    case "delete":
      return void (await page.run(z.object({ status: z.literal(200) }), (id) => WPP.chat.delete(id), chatId));
  }
}

export const CHAT_HANDLERS: Pick<Handlers, "typing" | "markRead" | "listChats" | "changeChat" | "star"> = {
  typing: async ({ page, ids }, input) => {
    if (input.chatId.endsWith("@g.us")) await requireMember(page, input.chatId);
    else await ids.requirePerson(input.chatId);
    await page.run(Nothing, showTyping, input);
  },
  markRead: async ({ page }, { chatId }) => {
    await requireChat(page, chatId);
    await page.run(Nothing, (id) => WPP.chat.markIsRead(id), chatId);
  },
  listChats: ({ page, addresses }, { limit }) => readChats(page, addresses, { id: null, limit }),
  changeChat: async (client, input) => {
    await requireChat(client.page, input.chatId);
    try {
      await changeChat(client, input);
    } catch (error) {
      if (!(error instanceof PageError && NO_CHANGE.has(error.code))) throw error;
    }
  },
  star: async ({ page }, input) => {
    requireKey(input.key);
    await page.run(Nothing, ({ key, star }) => WPP.chat.starMessage(key, star), input);
  },
};
