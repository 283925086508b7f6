/** Events of the account behind a session: chats, contacts, groups, presence, typing and calls. */
import { z } from "zod";
import { Address } from "../address.ts";
import { Chat } from "../routes/chat.ts";
import { Channel } from "../routes/channel.ts";
import { Status } from "../routes/status.ts";
import { GroupKind } from "../routes/group.ts";
import { Label } from "../routes/label.ts";
import { event } from "./definition.ts";

const CUSTOMER = { chatId: "15550100002@c.us", phone: "+15550100002", lid: "20015550100002@lid" };
const COLLEAGUE = { chatId: "15550100003@c.us", phone: "+15550100003", lid: "20015550100003@lid" };
const OWN = { chatId: "15550100001@c.us", phone: "+15550100001", lid: "20015550100001@lid" };
const GROUP_ID = "120363000000000001@g.us";
const CHANNEL_ID = "120363000000000002@newsletter";

const ContactChange = z.object({
  contact: Address,
  name: z.string().nullable().describe("Name in the phone's address book"),
  pushName: z.string().nullable().describe("Name that the person has chosen"),
  isBusiness: z.boolean(),
  blocked: z.boolean().nullable().describe("null when unknown"),
});

const GroupChange = z.object({
  group: z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    owner: Address.nullable(),
    createdAt: z.int().nullable().describe("Unix time in milliseconds"),
    participants: z.array(z.object({ address: Address, admin: z.boolean() })),
    announce: z.boolean().describe("Only admins may send"),
    locked: z.boolean().describe("Only admins may change the group"),
    kind: GroupKind,
    community: z.string().nullable().describe("Id of the community that it belongs to"),
    joinApproval: z.boolean().describe("An admin must approve who joins by the invite link"),
    memberAdd: z.boolean().describe("Everyone may add people, not only admins"),
    disappearAfter: z.int().describe("After how many seconds messages disappear; 0 for never"),
  }),
});

const group: z.infer<typeof GroupChange> = {
  group: {
    id: GROUP_ID,
    name: "Deliveries",
    description: null,
    owner: OWN,
    createdAt: 1_772_460_311_000,
    participants: [
      { address: OWN, admin: true },
      { address: CUSTOMER, admin: false },
    ],
    announce: false,
    locked: false,
    kind: "group",
    community: null,
    joinApproval: false,
    memberAdd: false,
    disappearAfter: 0,
  },
};

/** The presence of a contact, in an event of a session, or of one of the tenant's users, in an event without one. */
const PresenceChange = z.union([
  z.object({ who: Address, lastSeen: z.iso.datetime().nullable() }),
  z.object({ userId: z.string().describe("The tenant's user (usr_…)") }),
]);

export const accountEvents = {
  "chat.updated": event({
    meaning: "A chat was archived, pinned, muted, marked as read or unread, or changed otherwise.",
    data: Chat,
    example: {
      chat: CUSTOMER,
      name: "Ana",
      unread: 0,
      lastAt: "2026-03-02T14:05:11.000Z",
      archived: true,
      pinned: false,
      mutedUntil: null,
    },
    scope: "session",
    permission: "chat:read",
  }),
  "contact.updated": event({
    meaning: "A contact was blocked or unblocked, or its name changed.",
    data: ContactChange,
    example: { contact: CUSTOMER, name: "Ana Souza", pushName: "Ana", isBusiness: false, blocked: true },
    scope: "session",
    permission: "contact:read",
  }),
  "group.created": event({
    meaning: "The account created a group or was added to one.",
    data: GroupChange,
    example: group,
    scope: "session",
    permission: "group:read",
  }),
  "group.updated": event({
    meaning: "The name, description or settings of a group changed.",
    data: GroupChange,
    example: { group: { ...group.group, description: "Who delivers what, and when" } },
    scope: "session",
    permission: "group:read",
  }),
  "community.updated": event({
    meaning: "A community was created, or its name or description changed.",
    data: z.object({
      community: z
        .object({ id: z.string(), name: z.string(), description: z.string().nullable() })
        .describe("The community as it is now"),
    }),
    example: { community: { id: "120363000000000003@g.us", name: "House", description: "All floors" } },
    scope: "session",
    permission: "group:read",
  }),
  "group.participants": event({
    meaning: "Participants of a group were added, removed, promoted or demoted, or left.",
    data: z.object({
      groupId: z.string(),
      action: z.enum(["add", "remove", "promote", "demote", "leave"]).describe("What happened to the participants"),
      who: z.array(Address).describe("The participants"),
      by: Address.nullable().describe("Who did it; null when unknown"),
    }),
    example: { groupId: GROUP_ID, action: "add", who: [COLLEAGUE], by: OWN },
    scope: "session",
    permission: "group:read",
  }),
  "label.updated": event({
    meaning: "A label or list was created, changed or deleted, or put on chats or taken off.",
    data: z.object({ label: Label, deleted: z.boolean().describe("Whether it no longer exists") }),
    example: {
      label: { id: "3", kind: "label", name: "New order", color: 3, chats: ["15550100002@c.us"] },
      deleted: false,
    },
    scope: "session",
    permission: "label:read",
  }),
  "channel.updated": event({
    meaning: "A channel that the account follows or owns was changed, or is gone: deleted, or no longer followed.",
    data: z.object({ channel: Channel, gone: z.boolean().describe("Whether it is no longer in the account's list") }),
    example: {
      channel: {
        id: CHANNEL_ID,
        name: "Weather",
        description: "Every morning",
        invite: "0029VaAbCdEfGhIjKlMnOp",
        followers: 1_204,
        role: "follower",
        muted: false,
        createdAt: "2026-03-02T14:05:11.000Z",
      },
      gone: false,
    },
    scope: "session",
    permission: "channel:read",
  }),
  "channel.message": event({
    meaning: "A message came in a channel that the account follows. Its media are not downloaded.",
    data: z.object({
      channelId: z.string().describe("…@newsletter"),
      id: z.string().describe("WhatsApp's id of the message"),
      kind: z.string().describe("In WhatsApp's words, such as chat, image or video"),
      text: z.string().nullable().describe("The text, the caption or the question; null for none"),
      at: z.iso.datetime(),
    }),
    example: {
      channelId: CHANNEL_ID,
      id: "3EB0C431C26A1916E07A",
      kind: "chat",
      text: "Rain in the afternoon",
      at: "2026-03-02T14:05:11.000Z",
    },
    scope: "session",
    permission: "channel:read",
  }),
  "status.received": event({
    meaning: "A contact posted a status. Its media are not downloaded.",
    data: Status,
    example: {
      id: "3EB0C431C26A1916E07A",
      from: CUSTOMER,
      own: false,
      kind: "chat",
      text: "On the road",
      at: "2026-03-02T14:05:11.000Z",
    },
    scope: "session",
    permission: "status:read",
  }),
  "status.viewed": event({
    meaning: "A contact viewed a status of the account.",
    data: z.object({
      id: z.string().describe("WhatsApp's id of the status: `waId` of its message"),
      by: Address,
      at: z.iso.datetime(),
    }),
    example: { id: "3EB0C431C26A1916E07A", by: CUSTOMER, at: "2026-03-02T14:05:11.000Z" },
    scope: "session",
    permission: "status:read",
  }),
  "presence.online": event({
    meaning: "A contact came online (`who`), or a user of the tenant did (`userId`).",
    data: PresenceChange,
    example: { who: CUSTOMER, lastSeen: null },
    scope: "either",
    permission: "presence:read",
  }),
  "presence.offline": event({
    meaning: "A contact went offline (`who`), or a user of the tenant did (`userId`).",
    data: PresenceChange,
    example: { who: CUSTOMER, lastSeen: "2026-03-02T14:05:11.000Z" },
    scope: "either",
    permission: "presence:read",
  }),
  "typing.start": event({
    meaning: "Someone started to type or to record a voice message.",
    data: z.object({
      chat: Address,
      from: Address,
      state: z.enum(["typing", "recording"]).describe("recording: a voice message"),
    }),
    example: { chat: CUSTOMER, from: CUSTOMER, state: "typing" },
    scope: "session",
    permission: "presence:read",
  }),
  "typing.stop": event({
    meaning: "Someone stopped typing or recording.",
    data: z.object({ chat: Address, from: Address, state: z.literal("paused") }),
    example: { chat: CUSTOMER, from: CUSTOMER, state: "paused" },
    scope: "session",
    permission: "presence:read",
  }),
  "call.received": event({
    meaning: "The account received a voice or video call.",
    data: z.object({
      id: z.string(),
      from: Address,
      video: z.boolean().describe("Whether it is a video call"),
      at: z.iso.datetime(),
    }),
    example: { id: "F2A9C4E07B13", from: CUSTOMER, video: false, at: "2026-03-02T14:05:11.000Z" },
    scope: "session",
    permission: "message:read",
  }),
  "call.ended": event({
    meaning: "A call is over: it was hung up, not answered, or rejected.",
    data: z.object({
      id: z.string(),
      with: Address.describe("The other side"),
      video: z.boolean().describe("Whether it was a video call"),
      outgoing: z.boolean().describe("Whether the account called"),
      rejected: z.boolean().describe("Whether the called side rejected it"),
      at: z.iso.datetime(),
    }),
    example: {
      id: "F2A9C4E07B13",
      with: CUSTOMER,
      video: false,
      outgoing: false,
      rejected: false,
      at: "2026-03-02T14:06:02.000Z",
    },
    scope: "session",
    permission: "message:read",
  }),
};
