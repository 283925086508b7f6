/** The account's chats, as the server stores them for all its devices. */
import type { LiveEvent, WireChat } from "../../contracts/sandbox-wire.ts";
import { isMoved, pageId } from "./addressing.ts";
import { ContactCollection, displayName, noteContact, queryWidExists, type ContactModel } from "./contacts.ts";
import { ChatMsgsCollection } from "./chat-messages.ts";
import { GroupMetadataCollection, type GroupMetadataModel } from "./group-models.ts";
import { define } from "./loader.ts";
import type { MsgModel } from "./message-models.ts";
import { Collection, modelOf } from "./model.ts";
import { muteOf } from "./mute.ts";
import type { MsgKey } from "./message-key.ts";
import { presenceOf, type PresenceModel } from "./presence.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

const HISTORY_LIMIT = 1000;

interface ChatAttributes {
  id: Wid;
  name: string | undefined;
  /** Unix seconds of the last message. */
  t: number | undefined;
  unreadCount: number;
  archive: boolean;
  pin: boolean;
  muteExpiration: number;
  lastReceivedKey: MsgKey | undefined;
  kind: "chat" | "group" | "community";
  pausedTimerId: unknown;
  /** Whether it is the one that is open on the screen. */
  active: boolean;
  /** The ids of its labels, or lists. */
  labels: string[];
  /** After how many seconds messages disappear; 0 for never. */
  ephemeralDuration: number;
}

export class ChatModel extends modelOf<ChatAttributes>("chat") {
  readonly msgs = new ChatMsgsCollection(this);
  /** Breaks ties between chats whose last messages have the same second. */
  order = 0;
  /** Actions in progress, by name: wa-js waits for them. */
  readonly promises: Record<string, Promise<unknown> | undefined> = {};
  #composed: ComposeContents | undefined;

  constructor(attributes: Partial<ChatAttributes>) {
    super(attributes);
    this.mute.on("change:expiration", () => this.set({ muteExpiration: this.mute.expiration }));
  }

  get contact(): ContactModel | undefined {
    return this.id.isUser() ? noteContact(this.id.toString()) : undefined;
  }
  get groupMetadata(): GroupMetadataModel | undefined {
    return GroupMetadataCollection.get(this.id);
  }
  get presence(): PresenceModel {
    return presenceOf(this.id.toString());
  }
  get mute() {
    return muteOf(this.id);
  }
  get isBroadcast(): boolean {
    return this.id.isBroadcast();
  }
  get isParentGroup(): boolean {
    return this.groupMetadata?.groupType === "COMMUNITY";
  }
  get formattedTitle(): string {
    return (
      this.groupMetadata?.subject ??
      this.name ??
      (this.contact === undefined ? this.id.user : displayName(this.contact))
    );
  }
  set formattedTitle(title: string) {
    this.set({ name: title });
  }

  /** The attributes of a chat about which nothing is known yet. */
  static initial(): Partial<ChatAttributes> {
    const flags = { archive: false, pin: false, active: false };
    return { unreadCount: 0, muteExpiration: 0, labels: [], ephemeralDuration: 0, ...flags };
  }

  getParticipantCount(): number {
    return this.groupMetadata?.participants.length ?? 2;
  }
  /** What is written in the chat's input and not sent yet. */
  setComposeContents(contents: ComposeContents): void {
    this.#composed = contents;
  }
  getComposeContents(): ComposeContents | undefined {
    return this.#composed;
  }
  /** Loads messages before the earliest loaded one; undefined when there are none. */
  loadEarlierMsgs(): Promise<MsgModel[] | undefined> {
    return this.msgs.loadEarlier();
  }
  /** Shows what the server has about muting. */
  applyMute(expiration: number): void {
    this.mute.apply(expiration);
    this.set({ muteExpiration: expiration });
  }
}

interface ComposeContents {
  text: string;
  timestamp: number;
}

/** The channels that the account follows. */
export const NewsletterCollection = new Collection<ChatModel>(ChatModel);

/** The chat of statuses: it is written to, but not shown among the chats. */
const statusChat = new Collection<ChatModel>(ChatModel);

/** Ordered by latest message first, as on the screen. Channels and statuses are found in it, but not listed. */
class ChatCollectionImpl extends Collection<ChatModel> {
  override get(id: unknown): ChatModel | undefined {
    return super.get(id) ?? NewsletterCollection.get(id) ?? statusChat.get(id);
  }
  override getModelsArray(): ChatModel[] {
    return super.getModelsArray().sort((one, other) => (other.t ?? 0) - (one.t ?? 0) || other.order - one.order);
  }
}
export const ChatCollection = new ChatCollectionImpl(ChatModel);

/** Returns the chat with this id; creates it if needed. */
export function chatOf(id: string): ChatModel {
  const found = ChatCollection.get(id);
  if (found !== undefined) return found;
  const wid = createWid(id);
  return (wid.isStatusV3() ? statusChat : ChatCollection).add(
    new ChatModel({ ...ChatModel.initial(), id: wid, kind: wid.isGroup() ? "group" : "chat" }),
  )[0]!;
}

let lastOrder = 0;

/** Records that a message is the chat's last one; `t` is in Unix seconds. */
export function noteLastMessage(chat: ChatModel, key: MsgKey, t: number): void {
  chat.order = ++lastOrder;
  chat.set({ t, lastReceivedKey: key });
}

function applyChat(chat: WireChat): void {
  const model = chatOf(chat.id);
  model.applyMute(expirationOf(chat));
  model.set({
    ...(chat.name === null ? {} : { name: chat.name }),
    ...(chat.lastAt === null ? {} : { t: Math.floor(chat.lastAt / 1000) }),
    unreadCount: chat.unread,
    archive: chat.archived,
    pin: chat.pinned,
    ephemeralDuration: chat.ephemeral,
  });
}

/**
 * Applies a change that was made on another device or on the phone. Updates only the attribute that changed, because
 * messages may be arriving at the same time.
 */
export function receiveChat({ change, chat: wire }: Extract<LiveEvent, { type: "chat" }>): void {
  if (change === "delete") return removeChat(wire.id);
  const chat = chatOf(wire.id);
  if (change === "archive" || change === "unarchive") chat.set({ archive: wire.archived });
  else if (change === "pin" || change === "unpin") chat.set({ pin: wire.pinned });
  else if (change === "mute" || change === "unmute") chat.applyMute(expirationOf(wire));
  else if (change === "unread") chat.set({ unreadCount: -1 });
  else if (change === "read") chat.set({ unreadCount: 0 });
  else chat.set({ unreadCount: 0, t: undefined });
}

/** Removes a chat; the changes before tell those who listen that it is empty now. */
function removeChat(id: string): void {
  ChatCollection.get(id)?.set({ unreadCount: 0, t: undefined });
  ChatCollection.remove(id);
}

function expirationOf({ mutedUntil }: WireChat): number {
  return mutedUntil === null ? 0 : Math.floor(mutedUntil / 1000);
}

/** Loads the list of chats. */
export async function loadChats(): Promise<void> {
  for (const chat of await ask("chats", { limit: HISTORY_LIMIT })) applyChat(chat);
}

/** The id under which the account has the chat with a person, whichever of their ids is given. */
async function latestId(wid: Wid): Promise<Wid> {
  const id = pageId(wid.toString());
  if (ChatCollection.get(id) !== undefined || !wid.isUser() || (wid.isLid() && isMoved())) return createWid(id);
  if (ContactCollection.get(id) !== undefined && !wid.isLid()) return createWid(id);
  const found = await queryWidExists(wid);
  return createWid(pageId(found?.wid.toString() ?? id));
}

/** Finds or creates the chat with this id; fails for one that is not on WhatsApp. */
async function findOrCreateLatestChat(given: Wid): Promise<{ chat: ChatModel; created: boolean }> {
  const wid = await latestId(given);
  const present = ChatCollection.get(wid);
  if (present !== undefined) return { chat: present, created: false };
  if (wid.isStatusV3()) return { chat: chatOf(wid.toString()), created: true };
  const isKnown = wid.isGroup()
    ? GroupMetadataCollection.get(wid) !== undefined
    : ContactCollection.get(wid) !== undefined;
  if (!isKnown && (wid.isGroup() || (await queryWidExists(wid)) === null))
    throw new Error(`No chat can be created for ${wid.toString()}`);
  return { chat: chatOf(wid.toString()), created: true };
}

define("WAWebChatModel", { default: ChatModel });
define("WAWebChatCollection", { ChatCollectionImpl, ChatCollection });
define("WAWebFindChatAction", { findOrCreateLatestChat });
define("WAWebGetEphemeralFieldsMsgActionsUtils", {
  getEphemeralFields: ({ ephemeralDuration }: ChatModel) => (ephemeralDuration > 0 ? { ephemeralDuration } : {}),
});
define("WATimeUtils", { unixTime: () => Math.floor(Date.now() / 1000), unixTimeMs: () => Date.now() });
define("WAWebChatGetters", {
  getIsUser: ({ id }: ChatModel) => id.isUser(),
  getIsGroup: ({ id }: ChatModel) => id.isGroup(),
  getIsBroadcast: ({ id }: ChatModel) => id.isBroadcast(),
  getIsNewsletter: ({ id }: ChatModel) => id.isNewsletter(),
  getShouldAppearInList: () => true,
  getPreviewMessage: () => undefined,
  getShowChangeNumberNotification: () => false,
  getShouldShowUnreadDivider: () => false,
});
define("WAWebChatUnread", { getHasUnread: (chat: ChatModel) => chat.unreadCount !== 0 });
define("WAWebChatPinUtils", { getNumChatsPinned: () => ChatCollection.filter(({ pin }) => pin).length });
define("WAWebChatInboxFilters", { isFilterExcludedFromSearchTreatmentInInboxFlow: () => false });
