/** What is on the screen: the open chat, the text in its input, and the filter of the chat list. */
import { ChatCollection, type ChatModel } from "./chats.ts";
import { addCommands } from "./command.ts";
import { define } from "./loader.ts";

interface Opening {
  chat: ChatModel;
  msgContext?: { collection?: { loadAroundPromise?: Promise<unknown> } };
}

/** Opens a chat in place of the one that is open. */
function open({ chat }: Opening): Promise<boolean> {
  for (const other of ChatCollection.getModelsArray()) if (other !== chat) other.set({ active: false });
  chat.set({ active: true });
  return Promise.resolve(true);
}

/** Opens a chat at a message, which is loaded first. */
async function openAt(first: Opening | ChatModel, context?: Opening["msgContext"]): Promise<boolean> {
  const opening = "chat" in first ? (first as Opening) : { chat: first as ChatModel, msgContext: context };
  await opening.msgContext?.collection?.loadAroundPromise;
  return open({ chat: opening.chat });
}

/** Chooses what the list of chats shows; without arguments, all of them. */
class SearchQuery {
  filter: { kind: string | null; label: string | null } = { kind: null, label: null };

  updateLabelQuery(filter?: { kind?: string | null; label?: string | null }): void {
    this.filter = { kind: filter?.kind ?? null, label: filter?.label ?? null };
  }
}
const query = new SearchQuery();

addCommands({
  openChatBottom: open,
  openChatFromUnread: open,
  openChatAt: openAt,
  closeChat: (chat: ChatModel) => void chat.set({ active: false }),
  setActiveFilter: (kind?: string, label?: string) =>
    query.updateLabelQuery({ kind: kind ?? null, label: label ?? null }),
});
define("WAWebChatSearchQuery", { SearchQuery });

define("WAWebComposeBoxActions", {
  ComposeBoxActions: {
    setTextContent: (chat: ChatModel, text: string): void =>
      chat.setComposeContents({ text, timestamp: Math.floor(Date.now() / 1000) }),
  },
});
define("WAWebCreateChat", {
  createChat: (chat: ChatModel) => Promise.resolve(chat),
  createChatRecord: (chat: ChatModel) => Promise.resolve(chat),
  checkChatExistedOrCreate: (chat: ChatModel) => Promise.resolve(ChatCollection.get(chat.id) !== undefined),
});
define("WAWebChatFindExisting", { findExistingChat: (id: unknown) => Promise.resolve(ChatCollection.get(id)) });
