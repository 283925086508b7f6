/** The loaded messages of a chat, and loading the earlier ones from the store. */
import { define } from "./loader.ts";
import { attributesOf, MsgCollection, MsgModel } from "./message-models.ts";
import { Collection } from "./model.ts";
import { readChat, readMessage } from "./storage.ts";
import type { Wid } from "./wid.ts";

/** How many messages the real client loads at once. */
const PAGE_SIZE = 50;

export class ChatMsgsCollection extends Collection<MsgModel> {
  readonly #chat: { readonly id: Wid };
  readonly msgLoadState = { noEarlierMsgs: false, isLoadingEarlierMsgs: false };

  constructor(chat: { readonly id: Wid }) {
    super(MsgModel);
    this.#chat = chat;
  }

  /** Loads a page of messages before the earliest loaded one; undefined when there are none. */
  async loadEarlier(): Promise<MsgModel[] | undefined> {
    const earliest = this.getModelsArray().toSorted((one, other) => one.t - other.t)[0];
    const before = earliest === undefined ? undefined : await readMessage(earliest.id.toString());
    const range = { count: PAGE_SIZE, ...(before === undefined ? {} : { before }) };
    const records = await readChat(this.#chat.id.toString(), range);
    this.msgLoadState.noEarlierMsgs = records.length < PAGE_SIZE;
    if (records.length === 0) return undefined;
    const models = records.map((record) => MsgCollection.get(record.key) ?? new MsgModel(attributesOf(record)));
    MsgCollection.add(models, { silent: true });
    return this.add(models, { silent: true });
  }
}

define("WAWebChatMsgsCollection", { ChatMsgsCollection });
define("WAWebSuperChatMsgs", { default: ChatMsgsCollection });
