/** Translates the sandbox's events into those of the driver contract. */
import { addressOf } from "../../contracts/address.ts";
import type {
  DurableEvent,
  LiveEvent,
  WireChat,
  WireContactEntry,
  WireGroup,
  WireMe,
  WireMessage,
} from "../../contracts/sandbox-wire.ts";
import type { ChatInfo, ContactInfo, DriverEvent, GroupInfo } from "../driver.ts";
import { toContent } from "./content.ts";
import { keyOf } from "./keys.ts";

export function toGroupInfo(group: WireGroup): GroupInfo {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    owner: addressOf(group.owner),
    createdAt: group.createdAt,
    participants: group.participants.map(({ id, admin }) => ({ address: addressOf(id), admin })),
    announce: group.announce,
    locked: group.locked,
  };
}

export function toChatInfo({ id, ...chat }: WireChat): ChatInfo {
  return { ...chat, chat: addressOf(id) };
}

/** In the sandbox the address book has each person's own name. */
export function toContactInfo({ id, lid, name }: WireContactEntry): ContactInfo {
  return { address: addressOf(id, lid), name, pushName: name, isBusiness: false };
}

/** The driver events for a durable event: several for a receipt of several messages, none for an unknown type. */
export function fromDurable(event: DurableEvent, me: WireMe, backfill: boolean): DriverEvent[] {
  switch (event.type) {
    case "message":
      return [fromMessage(event.message, me, backfill)];
    case "receipt":
      return event.ids.map((waId) => ({
        type: "ack",
        waId,
        chat: event.chat,
        ack: event.ack,
        at: event.at,
        by: event.by,
      }));
    case "group":
      return [{ type: "group", change: event.change, group: toGroupInfo(event.group) }];
    case "participants": {
      const { groupId, action, who, by } = event;
      return [
        {
          type: "participants",
          groupId,
          action,
          who: who.map((id) => addressOf(id)),
          by: by === null ? null : addressOf(by),
        },
      ];
    }
    default:
      return [];
  }
}

function fromMessage(message: WireMessage, me: WireMe, backfill: boolean): DriverEvent {
  const { id, from, at } = message;
  const chatId = message.to.endsWith("@g.us") || from === me.id ? message.to : from;
  const key = keyOf(me, chatId, id, from);
  const chat = addressOf(chatId);
  const sender = addressOf(from, from === me.id ? me.lid : null);
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
          content: toContent(message),
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
export function fromLive(event: LiveEvent): DriverEvent | null {
  switch (event.type) {
    case "typing":
      return { type: "typing", chat: addressOf(event.chat), from: addressOf(event.from), state: event.state };
    case "presence":
      return { type: "presence", who: addressOf(event.who), online: event.online, lastSeen: event.lastSeen };
    case "call":
      return { type: "call", id: event.id, from: addressOf(event.from), video: event.video, at: event.at };
    case "chat":
      return { type: "chat", chat: toChatInfo(event.chat) };
    case "contact":
      return { type: "contact", contact: toContactInfo(event.contact), blocked: event.blocked };
    default:
      return null;
  }
}

/** The key under which bursts of such events are merged; null for events that are reported individually. */
export function burstKeyOf(event: DriverEvent): string | null {
  if (event.type === "chat") return `chat ${event.chat.chat.chatId}`;
  if (event.type === "contact") return `contact ${event.contact.address.chatId}`;
  return null;
}
