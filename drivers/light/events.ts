/** Translates the sandbox's events into those of the driver contract. */
import { STATUS_CHAT } from "../../contracts/address.ts";
import { ACK } from "../../contracts/states.ts";
import type {
  DurableEvent,
  LiveEvent,
  WireChat,
  WireContactEntry,
  WireGroup,
  WireMe,
  WireMessage,
} from "../../contracts/sandbox-wire.ts";
import type { WireCall } from "../../contracts/sandbox-wire-people.ts";
import type { ChatInfo, ContactInfo, DriverEvent, GroupInfo } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import { toContent } from "./content.ts";
import { keyOf } from "./keys.ts";
import { toChannelInfo } from "./channel-operations.ts";
import { toStatusInfo } from "./status-operations.ts";
import { waTypeOf } from "./wa-types.ts";
import { toLabelInfo } from "./label-operations.ts";

export function toGroupInfo(group: WireGroup, people: AddressBook): GroupInfo {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    owner: people.of(group.owner),
    createdAt: group.createdAt,
    participants: group.participants.map(({ id, admin }) => ({ address: people.of(id), admin })),
    announce: group.announce,
    locked: group.locked,
    kind: group.kind,
    community: group.parent,
    joinApproval: group.joinApproval,
    memberAdd: group.memberAdd,
    disappearAfter: group.ephemeral,
  };
}

export function toChatInfo({ id, ephemeral: _unsupported, ...chat }: WireChat, people: AddressBook): ChatInfo {
  return { ...chat, chat: people.of(id) };
}

export function toContactInfo({ id, name, pushName, business }: WireContactEntry, people: AddressBook): ContactInfo {
  return { address: people.of(id), name, pushName, isBusiness: business };
}

/** The account that reads events, and what it knows about people. */
interface Reader {
  /** False when media are not wanted. */
  readonly withMedia: boolean;
  readonly me: WireMe;
  readonly people: AddressBook;
}

/** The views of the account's statuses that a receipt reports. */
function viewsIn(
  { ids, chat, by, ack, at }: Extract<DurableEvent, { type: "receipt" }>,
  people: AddressBook,
): DriverEvent[] {
  if (chat !== STATUS_CHAT || ack !== ACK.read) return [];
  return ids.map((id) => ({ type: "status_viewed", id, by: people.of(by), at }));
}

/** The driver events for a durable event: several for a receipt of several messages, none for an unknown type. */
export function fromDurable(event: DurableEvent, reader: Reader, backfill: boolean): DriverEvent[] {
  const { people } = reader;
  switch (event.type) {
    case "message":
      return [fromMessage(event.message, reader, backfill)];
    case "channel_message": {
      const { id, to, text = null, at, from } = event.message;
      if (from === reader.me.id) return [];
      const message = { channelId: to, id, kind: waTypeOf(event.message.type), text, at };
      return [{ type: "channel_message", message }];
    }
    case "status": {
      if (event.message.from === reader.me.id || event.message.targetId !== undefined) return [];
      return [{ type: "status", status: toStatusInfo(event.message, reader.me, people) }];
    }
    case "receipt":
      return [
        ...viewsIn(event, people),
        ...event.ids.map(
          (waId) =>
            ({
              type: "ack",
              waId,
              chat: event.chat,
              ack: event.ack,
              at: event.at,
              by: event.by,
            }) as const,
        ),
      ];
    case "group":
      return [{ type: "group", change: event.change, group: toGroupInfo(event.group, people) }];
    case "participants": {
      const { groupId, action, who, by } = event;
      return [
        {
          type: "participants",
          groupId,
          action,
          who: who.map((id) => people.of(id)),
          by: by === null ? null : people.of(by),
        },
      ];
    }
    default:
      return [];
  }
}

function fromMessage(message: WireMessage, { me, people, withMedia }: Reader, backfill: boolean): DriverEvent {
  const { id, from, at } = message;
  const chatId = message.to.endsWith("@g.us") || from === me.id ? message.to : from;
  const key = keyOf(me, chatId, id, from);
  const chat = people.of(chatId);
  const sender = people.of(from);
  const target = keyOf(me, chatId, message.targetId ?? "", message.targetFrom ?? chatId);
  switch (message.type) {
    case "reaction":
      return { type: "reaction", key, target, chat, from: sender, emoji: message.text ?? "", at };
    case "edit":
      return { type: "edited", key: target, chat, text: message.text ?? "", at };
    case "revoke":
      return { type: "revoked", key: target, chat, by: sender, at };
    case "poll_vote":
      return { type: "poll_vote", target, chat, from: sender, options: message.options ?? [], at };
    default: {
      const quoted =
        message.quotedId === undefined ? null : keyOf(me, chatId, message.quotedId, message.quotedFrom ?? chatId);
      return {
        type: "message",
        message: {
          key,
          chat,
          from: sender,
          pushName: message.pushName ?? null,
          content: toContent(message, withMedia),
          quoted,
          mentions: message.mentions ?? [],
          at,
          backfill,
        },
      };
    }
  }
}

/** The driver event for a live event; null for an unknown type. */
export function fromLive(event: LiveEvent, people: AddressBook, ownId: string | null): DriverEvent | null {
  switch (event.type) {
    case "typing":
      return { type: "typing", chat: people.of(event.chat), from: people.of(event.from), state: event.state };
    case "presence":
      return { type: "presence", who: people.of(event.who), online: event.online, lastSeen: event.lastSeen };
    case "call":
      return { type: "call", id: event.id, from: people.of(event.from), video: event.video, at: event.at };
    case "call_update":
      return toCallEnd(event.call, people, ownId);
    case "chat":
      return { type: "chat", chat: toChatInfo(event.chat, people) };
    case "contact":
      return { type: "contact", contact: toContactInfo(event.contact, people), blocked: event.blocked };
    case "channel": {
      const channel = toChannelInfo(event.channel);
      return { type: "channel", channel, gone: event.change === "deleted" || channel.role === null };
    }
    case "label":
      return { type: "label", label: toLabelInfo(event.label), deleted: event.change === "deleted" };
    default:
      return null;
  }
}

/** The key under which bursts of such events are merged; null for events that are reported individually. */
export function burstKeyOf(event: DriverEvent): string | null {
  if (event.type === "chat") return `chat ${event.chat.chat.chatId}`;
  if (event.type === "channel") return `channel ${event.channel.id}`;
  if (event.type === "label") return `label ${event.label.id}`;
  if (event.type === "contact") return `contact ${event.contact.address.chatId}`;
  return null;
}

/** Null for a call that is not over. */
function toCallEnd(
  { id, from, to, video, state }: WireCall,
  people: AddressBook,
  ownId: string | null,
): DriverEvent | null {
  if (state !== "rejected" && state !== "ended") return null;
  const outgoing = from === ownId;
  const peer = people.of(outgoing ? to : from);
  return { type: "call_ended", id, peer, video, outgoing, rejected: state === "rejected", at: Date.now() };
}
