/** A user's actions on chats: mark as read or unread, archive, pin, clear, delete. */
import type { WireChatChange } from "../../contracts/sandbox-wire.ts";
import { ChatCollection, type ChatModel } from "./chats.ts";
import { addCommands } from "./command.ts";
import { define } from "./loader.ts";
import { MsgCollection } from "./message-models.ts";
import { commit, readChat } from "./storage.ts";
import { ask } from "./wire.ts";

async function requestChange(chat: ChatModel, change: WireChatChange): Promise<void> {
  await ask("changeChat", { chat: chat.id.toString(), change });
}

async function sendSeen({ chat }: { chat: ChatModel }): Promise<void> {
  await ask("markRead", { chat: chat.id.toString() });
  chat.set({ unreadCount: 0 });
}

async function markUnread(chat: ChatModel): Promise<void> {
  await requestChange(chat, "unread");
  chat.set({ unreadCount: -1 });
}

async function setArchive(chat: ChatModel, archive: boolean): Promise<void> {
  await requestChange(chat, archive ? "archive" : "unarchive");
  chat.set({ archive });
}

async function setPin(chat: ChatModel, pin: boolean): Promise<void> {
  await requestChange(chat, pin ? "pin" : "unpin");
  chat.set({ pin });
}

async function deleteMessages(chat: ChatModel): Promise<void> {
  const records = await readChat(chat.id.toString(), { count: Number.MAX_SAFE_INTEGER });
  await commit({ deleted: records.map(({ key }) => key) });
  for (const message of chat.msgs.getModelsArray()) MsgCollection.remove(message.id);
  chat.msgs.reset();
}

/** wa-js finds this function by the name WAWebStateUtils in its source, and waits for `promises.sendClear`. */
function sendClear(chat: ChatModel): void {
  chat.promises["sendClear"] = requestChange(chat, "clear").then(async () => {
    await deleteMessages(chat);
    return { status: 200 };
  });
}

/** wa-js waits for `promises.sendDelete`. */
function sendDelete(chat: ChatModel): void {
  chat.promises["sendDelete"] = requestChange(chat, "delete").then(async () => {
    await deleteMessages(chat);
    ChatCollection.remove(chat.id);
    return { status: 200 };
  });
}

/** Like the real action, this does not report failure: the chat just stays unchanged. */
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
