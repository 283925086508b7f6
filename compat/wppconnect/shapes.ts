/** Our views in the shapes of wppconnect-server 2.10, field by field and with its names. */
import type { z } from "zod";
import type { Message } from "../../contracts/message.ts";
import type { Contact } from "../../contracts/routes/contact.ts";
import type { Chat } from "../../contracts/routes/chat.ts";
import type { Group } from "../../contracts/routes/group.ts";

/** An answer's object: its fields are those of wppconnect-server's documentation. */
export type Fields = Readonly<Record<string, unknown>>;

/** wppconnect's names of the kinds of messages that differ from ours. */
const KINDS: Partial<Record<Message["type"], string>> = {
  text: "chat",
  voice: "ptt",
  contact: "vcard",
  poll: "poll_creation",
  buttons: "interactive",
  event: "event_creation",
  pix: "interactive",
  reaction: "reaction",
  unknown: "unknown",
};

/** wppconnect's levels of acknowledgement. */
const ACKS: Record<Message["status"], number> = {
  scheduled: 0,
  queued: 0,
  sending: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
  received: 2,
  failed: -1,
  expired: -1,
  cancelled: -1,
};

export function ackOf(status: Message["status"]): number {
  return ACKS[status];
}

/** Whole seconds, as WhatsApp counts. */
export function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

/** The serialized id: known before a message is sent, because its WhatsApp id is chosen when it is accepted. */
export function serializedIdOf(message: Message): string {
  return message.waKey ?? `${message.direction === "outbound"}_${message.chat.chatId}_${message.waId}`;
}

export interface WidFields {
  readonly server: string;
  readonly user: string;
  readonly _serialized: string;
}

/** A WhatsApp id as an object. */
export function toWid(id: string): WidFields {
  const [user = "", server = ""] = id.split("@");
  return { server, user, _serialized: id };
}

/** The parts of a serialized id. */
export function toKeyFields(serialized: string): Fields {
  const [fromMe = "", remote = "", id = "", participant] = serialized.split("_");
  return {
    fromMe: fromMe === "true",
    remote,
    id,
    ...(participant === undefined ? {} : { participant }),
    _serialized: serialized,
  };
}

function senderOf(id: string, name: string | null): Fields {
  return {
    id,
    name: name ?? "",
    shortName: name ?? "",
    pushname: name ?? "",
    formattedName: name ?? id.replace(/@.*/, ""),
    type: "in",
    isBusiness: false,
    isEnterprise: false,
    isMe: false,
    isMyContact: false,
    isPSA: false,
    isUser: true,
    isWAContact: true,
    labels: [],
    profilePicThumbObj: {},
  };
}

/** What a message says, where wppconnect-server has one text for it. */
function bodyOf({ type, text, content }: Message): string {
  if (type === "poll") return content.question ?? "";
  if (type === "location") return content.name ?? "";
  return text ?? "";
}

/** A message as the library passes it on. `own` is the account's chat id, or null when it is not known. */
export function toMessage(message: Message, own: string | null): Fields {
  const { direction, chat, media, content } = message;
  const fromMe = direction === "outbound";
  const chatId = chat.chatId;
  const isGroup = chatId.endsWith("@g.us");
  const author = message.from?.chatId ?? own ?? chatId;
  const at = secondsOf(message.createdAt);
  const body = bodyOf(message);
  return {
    id: serializedIdOf(message),
    viewed: false,
    body,
    type: KINDS[message.type] ?? message.type,
    t: at,
    timestamp: at,
    notifyName: message.pushName ?? "",
    from: fromMe ? (own ?? "") : chatId,
    to: fromMe ? chatId : (own ?? ""),
    ...(isGroup ? { author } : {}),
    self: fromMe ? "out" : "in",
    ack: ackOf(message.status),
    isNewMsg: true,
    star: false,
    isForwarded: message.type === "forward",
    mentionedJidList: message.mentions,
    hasReaction: Object.keys(message.reactions).length > 0,
    labels: [],
    content: body,
    isGroupMsg: isGroup,
    isMMS: media !== null,
    isMedia: media !== null,
    isNotification: false,
    isViewOnce: content.viewOnce === true,
    fromMe,
    chatId,
    sender: fromMe ? null : senderOf(author, message.pushName),
    quotedMsgId: message.replyTo,
    ...(message.text !== null && media !== null ? { caption: message.text } : {}),
    ...(media === null ? {} : { mimetype: media.mimetype, size: media.size, filename: media.filename ?? "" }),
    ...(content.latitude === undefined
      ? {}
      : { lat: content.latitude, lng: content.longitude, loc: content.name ?? "" }),
    ...(content.selectedId === undefined ? {} : { selectedRowId: content.selectedId }),
  };
}

/** A contact as the library lists it. */
export function toContact({ address, name, pushName, isBusiness }: z.infer<typeof Contact>): Fields {
  const shown = name ?? pushName;
  return {
    ...senderOf(address.chatId, shown),
    id: toWid(address.chatId),
    name: name ?? "",
    pushname: pushName ?? "",
    formattedName: shown ?? address.phone ?? address.chatId,
    isBusiness,
    isMyContact: name !== null,
    ...(address.lid === null ? {} : { lid: address.lid }),
  };
}

/** A chat as the library lists it. */
export function toChat(chat: z.infer<typeof Chat>): Fields {
  const id = chat.chat.chatId;
  const isGroup = id.endsWith("@g.us");
  return {
    id: toWid(id),
    name: chat.name ?? "",
    formattedTitle: chat.name ?? id,
    t: chat.lastAt === null ? 0 : secondsOf(chat.lastAt),
    unreadCount: chat.unread,
    archive: chat.archived,
    pin: chat.pinned ? 1 : 0,
    isGroup,
    isUser: !isGroup,
    isBroadcast: id.endsWith("@broadcast"),
    isNewsletter: id.endsWith("@newsletter"),
    muteExpiration: chat.mutedUntil === null ? 0 : secondsOf(chat.mutedUntil),
    hasUnread: chat.unread > 0,
    contact: { ...senderOf(id, chat.name), id: toWid(id) },
    groupMetadata: null,
  };
}

type GroupView = z.infer<typeof Group>;

/** The people of a group. */
export function toParticipants({ participants, owner }: Pick<GroupView, "participants" | "owner">): Fields[] {
  return participants.map(({ address, admin }) => ({
    id: toWid(address.chatId),
    isAdmin: admin,
    isSuperAdmin: address.chatId === owner?.chatId,
  }));
}

/** A group as the library lists it: a chat with its metadata. */
export function toGroup(group: GroupView): Fields {
  const id = toWid(group.id);
  const createdAt = group.createdAt === null ? 0 : secondsOf(group.createdAt);
  return {
    id,
    name: group.name,
    formattedTitle: group.name,
    isGroup: true,
    isUser: false,
    isAnnounceGrpRestrict: group.announce,
    contact: { id, name: group.name, isUser: false, isGroup: true },
    groupMetadata: {
      id,
      subject: group.name,
      desc: group.description ?? "",
      owner: group.owner === null ? null : toWid(group.owner.chatId),
      creation: createdAt,
      announce: group.announce,
      restrict: group.locked,
      ephemeralDuration: group.disappearAfter,
      membershipApprovalMode: group.joinApproval,
      memberAddMode: group.memberAdd ? "all_member_add" : "admin_add",
      size: group.participants.length,
      participants: toParticipants(group),
    },
  };
}
