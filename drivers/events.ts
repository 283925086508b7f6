/** The events that a driver reports, and the shapes that they carry. All of it is plain data. */
import type { Address } from "../contracts/address.ts";
import type { ChannelInfo, ChannelMessage } from "./operations/channels.ts";
import type { StatusInfo } from "./operations/statuses.ts";
import type { LabelInfo } from "./operations/labels.ts";
import type { SessionReason } from "../contracts/states.ts";
import type { InboundMessage } from "../contracts/transport.ts";

/**
 * The state of a session's connection as the driver sees it; the actor derives the session's state from it.
 * `closed`: the driver has stopped working, and a new one may be started. `failed`: it has stopped working for the
 * `reason`, which may be final. `logged_out`: the account has removed this device. After one of these three a driver
 * reports no other state.
 */
export type ConnectionState =
  | "starting"
  | "qr"
  | "pairing"
  | "syncing"
  | "connected"
  | "degraded"
  | "reconnecting"
  | "logged_out"
  | "closed"
  | "failed";

/**
 * The observations behind a state, for people to read: such as `{ socket: "CONNECTED", browser: "up" }`. No secrets.
 */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

/** The account that the session is linked to. */
export interface Me extends Address {
  readonly name: string | null;
}

/** A chat as the account's list shows it. Times in Unix ms; null for unknown values. */
export interface ChatInfo {
  readonly chat: Address;
  readonly name: string | null;
  /** Unread messages; at least 1 for a chat that is marked as unread. */
  readonly unread: number;
  /** When the last message was sent or received; null for an empty chat. */
  readonly lastAt: number | null;
  readonly archived: boolean;
  readonly pinned: boolean;
  /** null for a chat that is not muted. */
  readonly mutedUntil: number | null;
}

export interface ContactInfo {
  readonly address: Address;
  /** The name in the phone's address book. */
  readonly name: string | null;
  /** The name that the person chose for themselves. */
  readonly pushName: string | null;
  readonly isBusiness: boolean;
}

export interface GroupInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: Address | null;
  /** Unix ms. */
  readonly createdAt: number | null;
  readonly participants: readonly { readonly address: Address; readonly admin: boolean }[];
  /** Only admins may send. */
  readonly announce: boolean;
  /** Only admins may change the group's name, description and picture. */
  readonly locked: boolean;
  /** `community`: a roof for groups; `announcements`: the group of a community in which its admins write to all. */
  readonly kind: "group" | "community" | "announcements";
  /** The id of the community that it belongs to. */
  readonly community: string | null;
  /** Who joins by the invite needs the approval of an admin. */
  readonly joinApproval: boolean;
  /** Everyone in it may add people, not only its admins. */
  readonly memberAdd: boolean;
  /** After how many seconds messages disappear; 0 for never. */
  readonly disappearAfter: number;
}

/** What an invite shows before the account joins. */
export interface InviteInfo {
  readonly groupId: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: Address | null;
  readonly size: number;
  readonly joinApproval: boolean;
}

/**
 * An event. Times (`at`, `expiresAt`, `lastSeen`) are in Unix ms. `key` and `target` are WhatsApp keys
 * (`true_<chat>_<id>`, with the author after it in groups).
 */
export type DriverEvent =
  /** Reported at every change of the state, or of the evidence of a start. `me` comes with `connected`. */
  | {
      readonly type: "state";
      readonly state: ConnectionState;
      readonly reason: SessionReason | null;
      readonly evidence: Evidence;
      readonly me?: Me;
    }
  /** A new QR code; it replaces the one before it. `attempt` counts from 1. */
  | { readonly type: "qr"; readonly text: string; readonly attempt: number; readonly expiresAt: number }
  /** A new pairing code for the phone in the options; it replaces the one before it. */
  | { readonly type: "pairing_code"; readonly code: string; readonly expiresAt: number }
  /**
   * There is no pairing code for the phone in the options. The driver then neither ends nor shows any code: the actor
   * starts another one without the phone.
   */
  | { readonly type: "pairing_refused"; readonly failure: "number_not_on_whatsapp" | "rejected_by_network" }
  /**
   * A message received, or sent from another device of the account. Must be reported in the order of its chat; may be
   * reported again after a gap (`backfill`), with the same key. A message that this driver sent must not be reported.
   */
  | { readonly type: "message"; readonly message: InboundMessage }
  /**
   * A message of this account was acknowledged. `chat`: the id that WhatsApp has for its chat. `by`: who acknowledged
   * it, where that is known. May repeat.
   */
  | {
      readonly type: "ack";
      readonly waId: string;
      readonly chat: string;
      readonly ack: number;
      readonly at: number;
      readonly by: string | null;
    }
  /** The message with this key was edited, not by this driver. */
  | {
      readonly type: "edited";
      readonly key: string;
      readonly chat: Address;
      readonly text: string;
      readonly at: number;
    }
  /** The message with this key was deleted for everyone. */
  | {
      readonly type: "revoked";
      readonly key: string;
      readonly chat: Address;
      readonly by: Address | null;
      readonly at: number;
    }
  /** A reaction to `target`; an empty emoji withdraws it. */
  | {
      readonly type: "reaction";
      readonly key: string;
      readonly target: string;
      readonly chat: Address;
      readonly from: Address;
      readonly emoji: string;
      readonly at: number;
    }
  /** All the options that `from` has chosen by now; none withdraws the vote. */
  | {
      readonly type: "poll_vote";
      readonly target: string;
      readonly chat: Address;
      readonly from: Address;
      readonly options: readonly string[];
      readonly at: number;
    }
  /** Reported for chats whose presence was subscribed to. */
  | {
      readonly type: "typing";
      readonly chat: Address;
      readonly from: Address;
      readonly state: "typing" | "recording" | "paused";
    }
  /** Reported for people whose presence was subscribed to. `lastSeen` is null while online, or when it is hidden. */
  | { readonly type: "presence"; readonly who: Address; readonly online: boolean; readonly lastSeen: number | null }
  /** A group was created, or its own data has changed. Changes of its participants come as `participants`. */
  | { readonly type: "group"; readonly change: "created" | "updated"; readonly group: GroupInfo }
  | {
      readonly type: "participants";
      readonly groupId: string;
      readonly action: "add" | "remove" | "promote" | "demote" | "leave";
      readonly who: readonly Address[];
      readonly by: Address | null;
    }
  /**
   * A chat was archived, pinned, muted, read, marked as unread, cleared or deleted, or the reverse, here or on the
   * phone. Carries the current chat. Must not be reported for a new message alone. Bursts are merged: at most one event
   * a second for each chat, with the last state.
   */
  | { readonly type: "chat"; readonly chat: ChatInfo }
  /**
   * A contact's name or push name has changed, or it was blocked or unblocked, here or on the phone. `blocked` is null
   * when it is not known. Merged like `chat`.
   */
  | { readonly type: "contact"; readonly contact: ContactInfo; readonly blocked: boolean | null }
  /**
   * A label or list was created, renamed, recolored or deleted, or put on chats or taken off, here or on the phone.
   * Merged like `chat`.
   */
  | { readonly type: "label"; readonly label: LabelInfo; readonly deleted: boolean }
  /** A channel was changed, or is gone: deleted, or no longer followed. Merged like `chat`. */
  | { readonly type: "channel"; readonly channel: ChannelInfo; readonly gone: boolean }
  /** A message in a channel that the account follows. */
  | { readonly type: "channel_message"; readonly message: ChannelMessage }
  /** A contact has posted a status. Its media are not downloaded. */
  | { readonly type: "status"; readonly status: StatusInfo }
  /** A status of the account was viewed; `id` is WhatsApp's id of it. */
  | { readonly type: "status_viewed"; readonly id: string; readonly by: Address; readonly at: number }
  /** An incoming call. */
  | {
      readonly type: "call";
      readonly id: string;
      readonly from: Address;
      readonly video: boolean;
      readonly at: number;
    }
  /** A call with this person, from either side, is over: it was hung up, not answered, or rejected. */
  | {
      readonly type: "call_ended";
      readonly id: string;
      readonly peer: Address;
      readonly video: boolean;
      readonly outgoing: boolean;
      readonly rejected: boolean;
      readonly at: number;
    }
  /**
   * The network or the library sent something that the driver does not understand. For the operator only: it must never
   * reach a tenant. `source` is from a small fixed set; `shape` is short, and holds types and field names, never
   * contents; `count` is how often it was seen since it was last reported.
   */
  | { readonly type: "unknown_shape"; readonly source: string; readonly shape: string; readonly count: number };

/**
 * Receives a driver's events. The promise resolves when the event is stored and rejects when it is not; until it
 * resolves, a driver must not acknowledge an inbound message to the network.
 */
export type DriverSink = (event: DriverEvent) => Promise<void>;
