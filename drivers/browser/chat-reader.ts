/** Reads chats from the page. */
import { z } from "zod";
import type { ChatInfo } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import type { PageCalls } from "./page-calls.ts";

const ChatEntry = z.object({
  id: z.string(),
  name: z.string().nullable(),
  unread: z.number(),
  /** Unix seconds. */
  t: z.number().nullable(),
  archived: z.boolean(),
  pinned: z.boolean(),
  mutedUntil: z.number().nullable(),
});

/** Selects the chat with the id, or the latest chats when it is null. */
interface Selection {
  readonly id: string | null;
  readonly limit: number;
}

/** Reads chats, the latest first; for an unknown id the list is empty. */
export async function readChats(page: PageCalls, addresses: AddressBook, selection: Selection): Promise<ChatInfo[]> {
  const entries = await page.run(z.array(ChatEntry), readEntries, selection);
  const chats = await addresses.resolveAll(entries.map(({ id }) => id));
  return entries.map(({ id: _id, t, ...entry }, index) => ({
    ...entry,
    chat: chats[index]!,
    lastAt: t === null ? null : t * 1000,
  }));
}

/** Runs in the page. */
async function readEntries({ id, limit }: Selection): Promise<z.infer<typeof ChatEntry>[]> {
  const chats = id === null ? await WPP.chat.list({ ignoreGroupMetadata: true }) : [WPP.chat.get(id)];
  const found = chats.filter((chat) => chat !== undefined);
  const ordered = found.sort((one, other) => (other.t ?? 0) - (one.t ?? 0)).slice(0, limit);
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
