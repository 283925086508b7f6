/** Downloads the history after linking, and reads messages from the store. */
import { chatOf, ChatCollection, noteLastMessage, type ChatModel } from "./chats.ts";
import { define } from "./loader.ts";
import { MsgKey } from "./message-key.ts";
import { cacheMessage, loadMessage } from "./message-cache.ts";
import { attributesOf, type MsgAttributes } from "./message-models.ts";
import { commit, readChat, readMessage } from "./storage.ts";
import { storedForm } from "./stored-form.ts";
import { ask } from "./wire.ts";

const HISTORY_LIMIT = 1000;
const CONTROL_TYPES = new Set(["reaction", "edit", "revoke", "poll_vote"]);

/** Stores the phone's history; runs once, after linking. */
export async function syncHistory(): Promise<void> {
  for (const wire of await ask("history", { chat: null, since: 0, limit: HISTORY_LIMIT })) {
    if (CONTROL_TYPES.has(wire.type)) continue;
    const { record, media } = await storedForm(wire);
    if ((await readMessage(record.key)) === undefined) await commit({ messages: [record], media });
    chatOf(record.chat);
  }
}

/** Loads the last message of each chat, as the real client does for its chat list. */
export async function loadLastMessages(): Promise<void> {
  for (const chat of ChatCollection.getModelsArray()) {
    const [last] = await readChat(chat.id.toString(), { count: 1 });
    if (last === undefined) continue;
    const model = cacheMessage(last);
    noteLastMessage(chat, model.id, Math.max(chat.t ?? 0, model.t));
  }
}

interface Find {
  anchor: MsgKey;
  count: number;
  direction: "before" | "after";
}

/** Messages before or after an anchor (exclusive), oldest first. */
async function msgFindByDirection({ anchor, count, direction }: Find): Promise<{ messages: Partial<MsgAttributes>[] }> {
  const record = await readMessage(anchor.toString());
  if (record === undefined || count <= 0) return { messages: [] };
  const records = await readChat(anchor.remote.toString(), {
    count,
    ...(direction === "after" ? { after: record } : { before: record }),
  });
  return { messages: records.map(attributesOf) };
}

/** Loads a message into its chat; wa-js waits for the promise and then reads the collection. */
function getSearchContext({ chat, msgKey }: { chat: ChatModel; msgKey: MsgKey }): object {
  const loadAroundPromise = loadMessage(MsgKey.from(msgKey));
  return { collection: { loadAroundPromise, get: (key: MsgKey) => chat.msgs.get(key) } };
}

define("WAWebChatLoadMessages", { loadEarlierMsgs: ({ chat }: { chat: ChatModel }) => chat.loadEarlierMsgs() });
define("WAWebSyncGatingUtils", { isPlaceholderMessageResendEnabled: () => false });
define("WAWebDBMessageFindLocal", {
  msgFindByDirection,
  msgFindBefore: (find: Find) => msgFindByDirection({ ...find, direction: "before" }),
  msgFindAfter: (find: Find) => msgFindByDirection({ ...find, direction: "after" }),
});
define("WAWebChatMessageSearch", { getSearchContext });
