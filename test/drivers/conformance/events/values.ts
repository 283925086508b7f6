/** The values that events and answers consist of, with names for the ids. */
import { MEDIA_SAMPLES } from "../media-samples.ts";
import type { MediaKind } from "../../../../contracts/message-kinds.ts";

type Person = "own" | "peer" | "other";

export const address = (who: string) =>
  who === "group" || who === "a group"
    ? { chatId: who, phone: null, lid: null }
    : { chatId: who, phone: `+${who}`, lid: `${who}-lid` };

/** A message that someone sent to the account, or in the group. */
export function message(key: string, from: Person, content: object, more: object = {}) {
  return {
    type: "message",
    message: {
      key,
      chat: address(key.split("_")[1]!),
      from: address(from),
      pushName: { own: "Owner", peer: "Peer", other: "Other" }[from],
      content,
      quoted: null,
      mentions: [],
      at: "time",
      backfill: false,
      ...more,
    },
  };
}
export const text = (words: string) => ({ type: "text", text: words });

export function ack(waId: string, chat: string, level: number, by: Person) {
  return { type: "ack", waId, chat, ack: level, at: "time", by };
}
/** The acks of the group's members for a message that has arrived. */
export const groupAcks = (waId: string) => [ack(waId, "group", 2, "peer"), ack(waId, "group", 2, "other")];

/** An event about a message: a reaction, a vote, an edit or a revoke. */
export function change(type: string, chat: string, more: object) {
  return { type, chat: address(chat), at: "time", ...more };
}

export function groupInfo(id: string, name: string, owner: Person, members: readonly Person[], more: object = {}) {
  return {
    id,
    name,
    description: null,
    owner: address(owner),
    createdAt: "time",
    participants: members.map((who) => ({ address: address(who), admin: who === owner })),
    announce: false,
    locked: false,
    kind: "group",
    community: null,
    joinApproval: false,
    memberAdd: false,
    disappearAfter: 0,
    ...more,
  };
}

export const participants = (action: string, who: Person, by: Person | null) => ({
  type: "participants",
  groupId: "group",
  action,
  who: [address(who)],
  by: by === null ? null : address(by),
});

export const chatInfo = (id: string, name: string | null, more: object = {}) => ({
  chat: address(id),
  name,
  unread: 0,
  lastAt: "time",
  archived: false,
  pinned: false,
  mutedUntil: null,
  ...more,
});

export const contactInfo = (who: Person, name: string) => ({
  address: address(who),
  name,
  pushName: name,
  isBusiness: false,
});
export const contact = (who: Person, name: string, blocked: boolean) => ({
  type: "contact",
  contact: contactInfo(who, name),
  blocked,
});

/** A sample as a phone sends it, and as a driver reports it. */
export function sampleOf(type: MediaKind) {
  const { bytes, mimetype, filename } = MEDIA_SAMPLES[type];
  return {
    given: { base64: Buffer.from(bytes).toString("base64"), mimetype, filename },
    reported: { bytes: `${bytes.length} bytes`, mimetype, filename },
  };
}
