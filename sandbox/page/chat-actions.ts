/** What a user does to chats: read, unread, archive, pin, clear, delete. */
import type { WireChatChange } from "../../contracts/sandbox-wire.ts";
import { ChatCollection, type ChatModel } from "./chats.ts";
import { addCommands } from "./command.ts";
import { define } from "./loader.ts";
import { MsgCollection } from "./message-models.ts";
import { commit, readChat } from "./storage.ts";
import { ask } from "./wire.ts";

async function tell(chat: ChatModel, change: WireChatChange): Promise<void> {
  await ask("changeChat", { chat: chat.id.toString(), change });
}

async function sendSeen({ chat }: { chat: ChatModel }): Promise<void> {
  await ask("markRead", { chat: chat.id.toString() });
  chat.set({ unreadCount: 0 });
}

async function markUnread(chat: ChatModel): Promise<void> {
  await tell(chat, "unread");
  chat.set({ unreadCount: -1 });
}

async function setArchive(chat: ChatModel, archive: boolean): Promise<void> {
  await tell(chat, archive ? "archive" : "unarchive");
  chat.set({ archive });
}

async function setPin(chat: ChatModel, pin: boolean): Promise<void> {
  await tell(chat, pin ? "pin" : "unpin");
  chat.set({ pin });
}

async function forgetMessages(chat: ChatModel): Promise<void> {
  const records = await readChat(chat.id.toString(), { count: Number.MAX_SAFE_INTEGER });
  await commit({ deleted: records.map(({ key }) => key) });
  for (const message of chat.msgs.getModelsArray()) MsgCollection.remove(message.id);
  chat.msgs.reset();
}

/** wa-js tells this function from others by its use of WAWebStateUtils, and waits for `promises.sendClear`. */
function sendClear(chat: ChatModel): void {
  chat.promises["sendClear"] = tell(chat, "clear").then(async () => {
    await forgetMessages(chat);
    return { status: 200 };
  });
}

/** wa-js waits for `promises.sendDelete`. */
function sendDelete(chat: ChatModel): void {
  chat.promises["sendDelete"] = tell(chat, "delete").then(async () => {
    await forgetMessages(chat);
    ChatCollection.remove(chat.id);
    return { status: 200 };
  });
}

/** The real action is fire and forget; its failure shows in the chat, which does not change. */
function archiveChat(chat: ChatModel, archive: boolean): void {
  setArchive(chat, archive).catch((error: unknown) => console.error(error));
}

addCommands({ archiveChat });
define("WAWebUpdateUnreadChatAction", { sendSeen, markUnread });
define("WAWebSetArchiveChatAction", { setArchive });
define("WAWebSetPinChatAction", { setPin });
define("WAWebChatClearBridge", {
  sendClear: Object.assign((chat: ChatModel) => sendClear(chat), { toString: () => "WAWebStateUtils" }),
});
define("WAWebDeleteChatAction", { sendDelete });
