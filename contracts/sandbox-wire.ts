/**
 * The sandbox's wire: what a linked device (the light driver, or the page in Chromium) and the switchboard say to each
 * other over one WebSocket, as JSON frames. It plays the part that WhatsApp's own protocol plays on the real network.
 *
 * A device connects to `/device`, says `hello`, and is shown QR codes until a phone scans one, or is let in by its token.
 * Inbound messages and receipts wait in the device's durable queue until it acknowledges them by number, so a device that
 * was away gets what it missed, in order. Typing and presence are not kept.
 */

/** Where the sandbox listens; made anew at each start of the sandbox service. */
export interface SandboxEndpoint {
  readonly host: string;
  /** HTTPS and WSS as web.whatsapp.com, for the browser's page. */
  readonly pagePort: number;
  /** Base64 SHA-256 of the page certificate's public key: the only key that the browser is told to trust. */
  readonly spki: string;
  /** Plain WebSocket for light devices. */
  readonly devicePort: number;
}

/** Bytes on the wire. */
export interface WireMedia {
  mimetype: string;
  filename: string | null;
  /** Base64. */
  data: string;
}

export interface WireContact {
  name: string;
  /** E.164 with +. */
  phone: string;
}

/** A message as the switchboard keeps it. Chat ids are `<digits>@c.us` or `<digits>@g.us`. */
export interface WireMessage {
  /** Chosen by the sender; the switchboard keeps one message per (sender, id). */
  id: string;
  from: string;
  to: string;
  type:
    | "text"
    | "image"
    | "video"
    | "audio"
    | "voice"
    | "document"
    | "sticker"
    | "location"
    | "contact"
    | "poll"
    | "reaction"
    | "edit"
    | "revoke"
    | "poll_vote";
  /** Text, or the caption of media, or the emoji of a reaction, or the new text of an edit, or the question of a poll. */
  text?: string;
  media?: WireMedia;
  viewOnce?: boolean;
  latitude?: number;
  longitude?: number;
  /** The name and address of a location. */
  name?: string;
  address?: string;
  contacts?: WireContact[];
  /** The options of a poll, or those that a vote chose. */
  options?: string[];
  selectableCount?: number;
  /** The id of the message replied to, and its sender: an id alone is not unique. The switchboard fills in a sender that is missing. */
  quotedId?: string;
  quotedFrom?: string;
  /** The id of the message that a reaction, edit, revoke or vote is about. */
  targetId?: string;
  /** The sender of that message: an id alone is not unique. */
  targetFrom?: string;
  mentions?: string[];
  forwarded?: boolean;
  pushName?: string;
  /** Unix ms, given by the switchboard. */
  at: number;
}

export interface WireGroup {
  id: string;
  name: string;
  description: string | null;
  owner: string;
  createdAt: number;
  participants: { id: string; admin: boolean }[];
  announce: boolean;
  locked: boolean;
  joinApproval: boolean;
}

export interface WireMe {
  /** `<digits>@c.us` */
  id: string;
  /** `<digits>@lid` */
  lid: string;
  name: string | null;
}

/** A chat as the account sees it; kept by the switchboard, so that every linked device sees the same. */
export interface WireChat {
  id: string;
  name: string | null;
  /** Messages that are not read, or at least 1 when it was marked as unread. */
  unread: number;
  lastAt: number | null;
  archived: boolean;
  pinned: boolean;
  /** Unix ms; null when it is not muted. */
  mutedUntil: number | null;
}

/** An entry of the account's address book. */
export interface WireContactEntry {
  id: string;
  lid: string | null;
  name: string | null;
}

export type WireChatChange =
  "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear" | "delete";

export interface WireParticipantResult {
  id: string;
  /** 200 done, 403 refused by privacy, 404 not on WhatsApp, 409 is one already. */
  code: number;
}

/** What is kept for a device until it acknowledges it. */
export type DurableEvent =
  | { type: "message"; message: WireMessage }
  /** `ids` are messages of this account; ack as in ACK (2 delivered, 3 read, 4 played). `by` is who has it. */
  | { type: "receipt"; ids: string[]; chat: string; by: string; ack: number; at: number }
  | { type: "group"; change: "created" | "updated"; group: WireGroup }
  | {
      type: "participants";
      groupId: string;
      action: "add" | "remove" | "promote" | "demote" | "leave";
      who: string[];
      by: string | null;
      group: WireGroup;
    };

/** Sent to the devices that are connected at the moment, and not kept. */
export type LiveEvent =
  | { type: "typing"; chat: string; from: string; state: "typing" | "recording" | "paused" }
  | { type: "presence"; who: string; online: boolean; lastSeen: number | null }
  | { type: "call"; id: string; from: string; video: boolean; at: number }
  /** A chat was changed by a device or the phone of this account; `chat` is how it is now. */
  | { type: "chat"; change: WireChatChange | "read"; chat: WireChat }
  /** A contact was renamed, or blocked or unblocked by this account. */
  | { type: "contact"; contact: WireContactEntry; blocked: boolean };

/** Requests of a device: name -> [input, output]. A refusal comes as an error with a `WireErrorCode`. */
export interface WireOperations {
  /** Idempotent by `id`: a repeat is answered like the first and counted as a duplicate, never delivered twice. */
  send: [Omit<WireMessage, "from" | "at" | "pushName">, { id: string; ack: number; at: number }];
  /** A message of this account by its id; ack is the highest that the other side has given. */
  find: [{ id: string }, { ack: number; to: string; at: number } | null];
  pairingCode: [{ phone: string }, { code: string; expiresAt: number }];
  logout: [Record<string, never>, Record<string, never>];
  typing: [{ chat: string; state: "typing" | "recording" | "paused" }, Record<string, never>];
  setPresence: [{ available: boolean }, Record<string, never>];
  subscribePresence: [{ who: string[] }, Record<string, never>];
  getPresence: [{ who: string }, { online: boolean; lastSeen: number | null }];
  /** Sends read receipts for everything of the chat that is unread. */
  markRead: [{ chat: string }, Record<string, never>];
  checkNumbers: [{ ids: string[] }, { id: string; exists: boolean; lid: string | null }[]];
  /** Latest first. */
  chats: [{ limit: number }, WireChat[]];
  changeChat: [{ chat: string; change: WireChatChange }, Record<string, never>];
  star: [{ from: string; id: string; starred: boolean }, Record<string, never>];
  /** Any message that this account can see; `media.data` is empty, as in `history`: `getMedia` gives the bytes. */
  message: [{ from: string; id: string }, WireMessage | null];
  /** Newest last; the history that the phone would sync to a new device. `media.data` is empty. */
  history: [{ chat: string | null; since: number; limit: number }, WireMessage[]];
  getMedia: [{ from: string; id: string }, WireMedia | null];
  profile: [{ id: string }, { name: string | null; about: string | null; picture: string | null }];
  contacts: [Record<string, never>, WireContactEntry[]];
  block: [{ id: string; blocked: boolean }, Record<string, never>];
  blocklist: [Record<string, never>, string[]];
  createGroup: [{ name: string; participants: string[] }, { group: WireGroup; results: WireParticipantResult[] }];
  groups: [Record<string, never>, WireGroup[]];
  changeParticipants: [
    { groupId: string; action: "add" | "remove" | "promote" | "demote"; participants: string[] },
    { group: WireGroup; results: WireParticipantResult[] },
  ];
  updateGroup: [
    { groupId: string; name?: string; description?: string; announce?: boolean; locked?: boolean },
    WireGroup,
  ];
  leaveGroup: [{ groupId: string }, Record<string, never>];
  getInvite: [{ groupId: string; revoke: boolean }, { code: string }];
  inviteInfo: [{ code: string }, { groupId: string; name: string }];
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
  | "invalid"
  | "refused"
  | "code_expired";

/** Device -> switchboard. */
export type DeviceFrame =
  /** First frame. `token` is what `linked` gave; without it, or when it is no longer valid, QR codes follow. `wantsQr` false: a pairing code will be asked for. */
  | { type: "hello"; token: string | null; deviceName: string; wantsQr: boolean }
  /** `seq` and everything before it is stored on this side. */
  | { type: "ack"; seq: number }
  | { type: "request"; id: number; op: WireOperationName; input: unknown };

/** Switchboard -> device. */
export type SwitchboardFrame =
  | { type: "qr"; text: string; attempt: number; expiresAt: number }
  /** No more QR codes will come on this connection; a new hello asks for a new one. */
  | { type: "qr_idle" }
  /** A phone has scanned, or the code was entered: keep the token, it lets the device in from now on. */
  | { type: "linked"; token: string }
  /** The device is in: who it is, and how much waits in its queue. `events` follow. */
  | { type: "ready"; me: WireMe; pending: number }
  /** `logout`: the phone or the device removed the link; the token is void. `conflict`: the same token connected elsewhere. */
  | { type: "unlinked"; reason: "logout" | "banned" | "conflict" | "tos_block" }
  /** `attempt` > 1 when it was given before and not acknowledged. */
  | { type: "event"; seq: number; attempt: number; event: DurableEvent }
  | { type: "live"; event: LiveEvent }
  | { type: "reply"; id: number; output: unknown }
  | { type: "error"; id: number; code: WireErrorCode; detail: string };
