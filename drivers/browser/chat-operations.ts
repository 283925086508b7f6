/** What a user does with chats. */
import { z } from "zod";
import { PageError } from "./page-calls.ts";
import type { Works } from "./operations.ts";

/** WhatsApp Web's longest muting beside "always", which the library does not offer. */
const MUTE_SECONDS = 365 * 24 * 60 * 60;

const ChatLine = z.object({
  id: z.string(),
  name: z.string().nullable(),
  unread: z.number(),
  t: z.number().nullable(),
  archived: z.boolean(),
  pinned: z.boolean(),
  mutedUntil: z.number().nullable(),
});
const Nothing = z.unknown();

/** What the library says when a chat is so already. */
const ALREADY = new Set(["archive_error", "unarchive_error", "pin_error", "unpin_error"]);

/** Runs in the page: the chats, latest first. */
async function listLines(limit: number): Promise<z.infer<typeof ChatLine>[]> {
  const chats = await WPP.chat.list({ ignoreGroupMetadata: true });
  const ordered = chats.sort((one, other) => (other.t ?? 0) - (one.t ?? 0)).slice(0, limit);
  return ordered.map((chat) => {
    const unread = chat.unreadCount ?? 0;
    const expiration = chat.mute?.expiration ?? 0;
    return {
      id: chat.id.toString(),
      name: chat.formattedTitle ?? chat.name ?? null,
      unread: unread < 0 ? 1 : unread,
      t: chat.t ?? null,
      archived: chat.archive === true,
      pinned: Boolean(chat.pin),
      mutedUntil: expiration === 0 ? null : expiration < 0 ? 8_640_000_000_000_000 : expiration * 1000,
    };
  });
}

/** Runs in the page: the library starts archiving and does not wait for it. */
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

async function changeChat(...[{ page }, { chatId, change }]: Parameters<Works["changeChat"]>): Promise<void> {
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

export const CHAT_OPERATIONS: Pick<Works, "typing" | "markRead" | "listChats" | "changeChat" | "star"> = {
  typing: async ({ page }, input) => {
    await page.run(Nothing, showTyping, input);
  },
  markRead: async ({ page }, { chatId }) => {
    await page.run(Nothing, (id) => WPP.chat.markIsRead(id), chatId);
  },
  listChats: async ({ page, addresses }, { limit }) => {
    const lines = await page.run(z.array(ChatLine), listLines, limit);
    const chats = await addresses.resolveAll(lines.map(({ id }) => id));
    return lines.map(({ id: _id, t, ...line }, index) => ({
      ...line,
      chat: chats[index]!,
      lastAt: t === null ? null : t * 1000,
    }));
  },
  changeChat: async (connection, input) => {
    try {
      await changeChat(connection, input);
    } catch (error) {
      if (!(error instanceof PageError && ALREADY.has(error.code))) throw error;
    }
  },
  star: async ({ page }, input) => {
    await page.run(Nothing, ({ key, star }) => WPP.chat.starMessage(key, star), input);
  },
};
