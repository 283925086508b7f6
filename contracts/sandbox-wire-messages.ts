/** The sandbox's wire protocol: messages, and the groups to which they are sent. */
import type { CONTENT_KINDS } from "./message-kinds.ts";

/** Kinds of messages that the gateway does not know; their content is in `details`, in the words of WhatsApp Web. */
export const RICH_KINDS = [
  "list",
  "buttons",
  "interactive",
  "event",
  "order",
  "product",
  "group_invite",
  "phone_number_request",
] as const;

/** Media with its bytes. */
export interface WireMedia {
  mimetype: string;
  filename: string | null;
  /** Base64. */
  data: string;
  /** The encrypted file, as the server describes it; a sender leaves it out. Hashes and key are Base64. */
  file?: { key: string; path: string; size: number; sha256: string; encSha256: string };
}

export interface WireContact {
  name: string;
  vcard: string;
}

/** A message as the server stores it. Chat ids are `<digits>@c.us` or `<digits>@g.us`. */
export interface WireMessage {
  /** Chosen by the sender; the server stores one message per (sender, id). */
  id: string;
  from: string;
  to: string;
  type: (typeof CONTENT_KINDS)[number] | (typeof RICH_KINDS)[number] | "reaction" | "edit" | "revoke" | "poll_vote";
  /** The text, the caption of media, the emoji of a reaction, the new text of an edit, or the question of a poll. */
  text?: string;
  media?: WireMedia;
  viewOnce?: boolean;
  /** The length of a voice message, and its loudness from 0 to 100. */
  seconds?: number;
  waveform?: number[];
  latitude?: number;
  longitude?: number;
  /** The name and address of a location. */
  name?: string;
  address?: string;
  contacts?: WireContact[];
  /** The options of a poll, or the chosen options of a vote. */
  options?: string[];
  selectableCount?: number;
  /**
   * The id of the quoted message, and its sender, because an id alone is not unique. The server adds a missing sender.
   */
  quotedId?: string;
  quotedFrom?: string;
  /** The id of the message that a reaction, edit, revoke or vote refers to. */
  targetId?: string;
  /** The sender of that message, because an id alone is not unique. */
  targetFrom?: string;
  mentions?: string[];
  forwarded?: boolean;
  /** The content of a rich kind; of a text, how it is shown, such as the preview of a link. */
  details?: Record<string, unknown>;
  /** Of a location: for how long it is shared live. */
  liveSeconds?: number;
  pushName?: string;
  /** Unix ms, set by the server. */
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
  /** Everyone in it may add people, not only its admins. */
  memberAdd: boolean;
  /** A community is the parent of its groups; one of them is its group for announcements. */
  kind: "group" | "community" | "announcements";
  parent: string | null;
  /** After how many seconds messages disappear; 0 for never. */
  ephemeral: number;
}
