/**
 * The sandbox's wire protocol between a linked device (the light driver, or the page in Chromium) and the simulated
 * server: JSON frames over one WebSocket. It replaces WhatsApp's own protocol.
 *
 * A device connects to `/device` and sends `hello`. With a valid token it is signed in; otherwise it receives QR codes
 * until a phone scans one. Inbound messages and receipts stay in the device's durable queue until it acknowledges them
 * by sequence number, so a device that was offline receives what it missed, in order. Typing and presence are not
 * stored.
 */

import type { WireBusinessOperations } from "./sandbox-wire-business.ts";
import type { WireChannel, WireChannelOperations } from "./sandbox-wire-channels.ts";
import type { WireGroup, WireMedia, WireMessage } from "./sandbox-wire-messages.ts";
import type { WireCall, WireLabel, WirePeopleOperations, WirePrivacy } from "./sandbox-wire-people.ts";

/** Where the sandbox listens; it can change at each start of the sandbox service. */
export interface SandboxEndpoint {
  readonly host: string;
  /** Port for HTTPS and WSS as web.whatsapp.com, for the page in the browser. */
  readonly pagePort: number;
  /** Base64 SHA-256 of the page certificate's public key, the only key that the browser is configured to trust. */
  readonly spki: string;
  /** Port for plain WebSockets, for light devices. */
  readonly devicePort: number;
}

export type * from "./sandbox-wire-messages.ts";

export interface WireMe {
  /** `<digits>@c.us` */
  id: string;
  /** `<digits>@lid` */
  lid: string;
  name: string | null;
  business: boolean;
  /** The number of this device; the phone is number 0. */
  device: number;
  /** By which ids WhatsApp Web names people to this account: their LIDs, or, before it has moved, their numbers. */
  addressing: "lid" | "number";
}

/** A chat from the account's point of view; stored by the server, so that every linked device sees the same. */
export interface WireChat {
  id: string;
  name: string | null;
  /** Number of unread messages; at least 1 when the chat is marked as unread. */
  unread: number;
  lastAt: number | null;
  archived: boolean;
  pinned: boolean;
  /** Unix ms; null when the chat is not muted. */
  mutedUntil: number | null;
  /** After how many seconds messages disappear; 0 for never. */
  ephemeral: number;
}

/** A person whom the account knows. */
export interface WireContactEntry {
  id: string;
  lid: string | null;
  /** The name in the account's address book; null when the person is not in it. */
  name: string | null;
  /** The name that the person has chosen. */
  pushName: string | null;
  business: boolean;
}

export type WireChatChange =
  "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear" | "delete";

export interface WireParticipantResult {
  id: string;
  /** 200 done, 403 refused by the privacy settings, 404 not on WhatsApp, 409 no change needed, 419 group is full. */
  code: number;
  /** The invite that can be sent to a person whose privacy settings forbid adding them. */
  invite?: string;
}

/** An event that is stored for a device until the device acknowledges it. */
export type DurableEvent =
  | { type: "message"; message: WireMessage }
  /** `ids` are messages of this account; ack as in ACK (2 delivered, 3 read, 4 played). `by` is the recipient. */
  | { type: "receipt"; ids: string[]; chat: string; by: string; ack: number; at: number }
  | { type: "group"; change: "created" | "updated"; group: WireGroup }
  | {
      type: "participants";
      groupId: string;
      action: "add" | "remove" | "promote" | "demote" | "leave";
      who: string[];
      by: string | null;
      group: WireGroup;
    }
  /** A status of a contact, or of the account itself on another device. */
  | { type: "status"; message: WireMessage }
  /** A message in a channel that the account follows or owns. */
  | { type: "channel_message"; message: WireMessage }
  /** A message was pinned until a time (Unix ms), or taken down. */
  | { type: "pinned"; chat: string; from: string; id: string; by: string; until: number | null; at: number }
  | { type: "kept"; chat: string; from: string; id: string; by: string; keep: boolean; at: number }
  | { type: "ephemeral"; chat: string; by: string; seconds: number; at: number };

/** An event that is sent only to the devices that are currently connected, and not stored. */
export type LiveEvent =
  | { type: "typing"; chat: string; from: string; state: "typing" | "recording" | "paused" }
  | { type: "presence"; who: string; online: boolean; lastSeen: number | null }
  | { type: "call"; id: string; from: string; video: boolean; at: number }
  /** A chat was changed by a device or the phone of this account; `chat` is its current state. */
  | { type: "chat"; change: WireChatChange | "read"; chat: WireChat }
  /** A contact was renamed, or blocked or unblocked by this account. */
  | { type: "contact"; contact: WireContactEntry; blocked: boolean }
  /** Someone's picture, about text or business profile was changed, or a group's picture. */
  | { type: "profile"; id: string }
  /** A call of this account was answered or has ended, or the account calls from another device. */
  | { type: "call_update"; call: WireCall }
  | { type: "label"; change: "set" | "deleted"; label: WireLabel; added: string[]; removed: string[] }
  | { type: "channel"; change: "updated" | "deleted"; channel: WireChannel }
  | { type: "privacy"; privacy: WirePrivacy }
  /** The account is addressed in another way from now on. */
  | { type: "addressing"; addressing: WireMe["addressing"] };

/** Requests of a device: name -> [input, output]. A refusal is answered with an `error` frame. */
export interface WireOperations extends WirePeopleOperations, WireChannelOperations, WireBusinessOperations {
  /**
   * Idempotent by `id`: a repeat gets the answer of the first, is counted as a duplicate, and is not delivered. `to` of
   * the answer is the id of the chat, which can differ from the one that was dialled.
   */
  send: [Omit<WireMessage, "from" | "at" | "pushName">, { id: string; ack: number; to: string; at: number }];
  /** Finds a message of this account by its id; ack is the highest of any recipient. */
  find: [{ id: string }, { ack: number; to: string; at: number } | null];
  /** Does nothing; the answer shows that the connection carries something. */
  ping: [Record<string, never>, Record<string, never>];
  pairingCode: [{ phone: string }, { code: string; expiresAt: number }];
  logout: [Record<string, never>, Record<string, never>];
  typing: [{ chat: string; state: "typing" | "recording" | "paused" }, Record<string, never>];
  setPresence: [{ available: boolean }, Record<string, never>];
  subscribePresence: [{ who: string[] }, Record<string, never>];
  getPresence: [{ who: string }, { online: boolean; lastSeen: number | null }];
  /** Sends read receipts for every unread message of the chat. Like `changeChat`, only for chats in the list. */
  markRead: [{ chat: string }, Record<string, never>];
  checkNumbers: [{ ids: string[] }, { id: string; exists: boolean; lid: string | null; business: boolean }[]];
  /** Latest first. */
  chats: [{ limit: number }, WireChat[]];
  /** `until` (Unix ms) is for `mute`, which is for ever without it. */
  changeChat: [{ chat: string; change: WireChatChange; until?: number }, Record<string, never>];
  star: [{ from: string; id: string; starred: boolean }, Record<string, never>];
  /**
   * Any message that this account can see, with its latest text; null for a revoked one. As in `history`, `media.data`
   * is empty: `getMedia` returns the bytes.
   */
  message: [{ from: string; id: string }, WireMessage | null];
  /** The history that a phone would sync to a new device, newest last. `media.data` is empty. */
  history: [{ chat: string | null; since: number; limit: number }, WireMessage[]];
  getMedia: [{ from: string; id: string }, WireMedia | null];
  contacts: [Record<string, never>, WireContactEntry[]];
  block: [{ id: string; blocked: boolean }, Record<string, never>];
  blocklist: [Record<string, never>, string[]];
  createGroup: [
    { name: string; participants: string[]; parent?: string },
    { group: WireGroup; results: WireParticipantResult[] },
  ];
  groups: [Record<string, never>, WireGroup[]];
  changeParticipants: [
    { groupId: string; action: "add" | "remove" | "promote" | "demote"; participants: string[] },
    { group: WireGroup; results: WireParticipantResult[] },
  ];
  updateGroup: [
    {
      groupId: string;
      name?: string;
      description?: string;
      announce?: boolean;
      locked?: boolean;
      joinApproval?: boolean;
      memberAdd?: boolean;
    },
    WireGroup,
  ];
  leaveGroup: [{ groupId: string }, Record<string, never>];
  getInvite: [{ groupId: string; revoke: boolean }, { code: string }];
  inviteInfo: [{ code: string }, { groupId: string; name: string; group: WireGroup }];
  joinGroup: [{ code: string }, { groupId: string; pending: boolean }];
  joinRequests: [{ groupId: string }, { id: string; at: number }[]];
  answerJoinRequests: [{ groupId: string; participants: string[]; approve: boolean }, WireParticipantResult[]];
}
export type WireOperationName = keyof WireOperations;

export type WireErrorCode =
  | "not_linked"
  | "not_on_whatsapp"
  | "not_in_group"
  | "not_admin"
  | "target_not_found"
  | "too_late"
  | "business_only"
  | "invalid"
  | "refused"
  | "code_expired";

/** Device -> server. */
export type DeviceFrame =
  /**
   * The first frame. `token` is the one from `linked`; without a valid token, QR codes follow, or, when `wantsQr` is
   * false, a `pairingCode` request is expected.
   */
  | { type: "hello"; token: string | null; deviceName: string; wantsQr: boolean }
  /** The name under which the phone lists the device, when it was not known at the `hello`; until it is linked. */
  | { type: "name"; deviceName: string }
  /** The device has stored the events up to and including `seq`. */
  | { type: "ack"; seq: number }
  | { type: "request"; id: number; op: WireOperationName; input: unknown };

/** The LIDs of the people whom a frame names by their numbers, by chat id. Who hides the number is named by the LID. */
export type WireLids = Readonly<Record<string, string>>;

/** Server -> device. */
export type ServerFrame =
  | { type: "qr"; text: string; attempt: number; expiresAt: number }
  /** No more QR codes follow; a new `hello` requests new ones. */
  | { type: "qr_idle" }
  /** A phone has scanned the QR code or entered the pairing code. The token signs the device in from now on. */
  | { type: "linked"; token: string }
  /**
   * The device is signed in: its account, the number of events in its queue, which follow, and the port for encrypted
   * media, over HTTP.
   */
  | { type: "ready"; me: WireMe; pending: number; mediaPort: number }
  /** `logout`: the phone or the device removed the link; the token is void. `conflict`: the token was used again. */
  | { type: "unlinked"; reason: "logout" | "banned" | "conflict" | "tos_block" }
  /** `attempt` is greater than 1 when the event was sent before and not acknowledged. */
  | { type: "event"; seq: number; attempt: number; event: DurableEvent; lids: WireLids }
  | { type: "live"; event: LiveEvent; lids: WireLids }
  | { type: "reply"; id: number; output: unknown; lids: WireLids }
  | { type: "error"; id: number; code: WireErrorCode; detail: string };
