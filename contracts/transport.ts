/**
 * Messages as they pass between the send queue, the session actors and the drivers, and the error that a driver fails with.
 * All of it is plain data: it crosses threads.
 */
import type { Address } from "./address.ts";
import type { MediaBytes, StoredMedia } from "./media.ts";
import type { MessageFailure } from "./states.ts";

/** The content of a message, in either direction. `target` and `quoted` are WhatsApp keys (`true_<chat>_<id>`). */
export type Content<Media> =
  | { readonly type: "text"; readonly text: string; readonly linkPreview?: boolean }
  | {
      readonly type: "image" | "video" | "audio" | "voice" | "document" | "sticker";
      readonly media: Media;
      readonly caption?: string;
      readonly viewOnce?: boolean;
    }
  | {
      readonly type: "location";
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
      readonly address?: string;
    }
  | { readonly type: "contact"; readonly contacts: readonly { readonly name: string; readonly phone: string }[] }
  | {
      readonly type: "poll";
      readonly question: string;
      readonly options: readonly string[];
      readonly selectableCount: number;
    }
  | { readonly type: "reaction"; readonly target: string; readonly emoji: string }
  | { readonly type: "forward"; readonly target: string }
  | { readonly type: "edit"; readonly target: string; readonly text: string }
  | { readonly type: "revoke"; readonly target: string }
  | { readonly type: "unknown"; readonly kind: string };

export interface OutboundMessage {
  /** Chosen when the message was accepted. A send with an id that the network has seen must not make a second message. */
  readonly waId: string;
  /** Chat id: `…@c.us`, `…@g.us`, `…@lid`. */
  readonly to: string;
  readonly content: Content<StoredMedia>;
  readonly quoted?: string;
  readonly mentions?: readonly string[];
}

export interface SendReceipt {
  /** The full WhatsApp key, `true_<chat>_<waId>` (and the own id after it in groups). */
  readonly key: string;
  readonly chat: Address;
  /** At least 1: WhatsApp's server has it. */
  readonly ack: number;
  /** Unix ms. */
  readonly at: number;
}

export interface InboundMessage {
  /** `false_<chat>_<id>`, with the author after it in groups; unique in the session. `true_…` for one sent from the phone itself. */
  readonly key: string;
  readonly chat: Address;
  readonly from: Address;
  readonly pushName: string | null;
  readonly content: Content<MediaBytes | null>;
  readonly quoted: string | null;
  readonly mentions: readonly string[];
  /** Unix ms by WhatsApp's clock. */
  readonly at: number;
  /** True when it was read back after a gap rather than seen live. */
  readonly backfill: boolean;
}

/**
 * How a call to a driver can fail. `not_connected`: the link is not up, nothing was tried. `not_sent`: it provably did not
 * happen. `unknown`: it may have happened; look it up
 * before you repeat it. `rejected`: it will never happen, `failure` says why.
 */
export type DriverErrorKind = "not_connected" | "not_sent" | "unknown" | "rejected";

export class DriverError extends Error {
  override readonly name = "DriverError";
  readonly kind: DriverErrorKind;
  readonly failure: MessageFailure | null;

  constructor(kind: DriverErrorKind, message: string, failure: MessageFailure | null = null) {
    super(message);
    this.kind = kind;
    this.failure = failure;
  }
}
