/**
 * Messages as they pass between the send queue, the session actors and the drivers, and the error with which a driver
 * fails. Messages are plain data, because they cross threads.
 */
import type { Address } from "./address.ts";
import type { Id } from "./ids.ts";
import type { MediaBytes, StoredMedia } from "./media.ts";
import type { Content } from "./message-kinds.ts";
import { MESSAGE_FAILURE_WORDS, type MessageFailure } from "./states.ts";

export type { Content };

/** One run of a session, from the start of its actor to its end. Only the run with the highest epoch may write. */
export interface SessionRun {
  readonly sessionId: Id<"session">;
  readonly tenantId: Id<"tenant">;
  readonly epoch: number;
}

export interface OutboundMessage {
  /** Chosen when the message was accepted. Sending an id that the network knows must not create a second message. */
  readonly waId: string;
  /** Chat id: `…@c.us`, `…@g.us`, `…@lid`. */
  readonly to: string;
  readonly content: Content<StoredMedia>;
  /** The WhatsApp key of the message that it replies to. */
  readonly quoted?: string;
  readonly mentions?: readonly string[];
}

export interface SendReceipt {
  /** The full WhatsApp key, `true_<chat>_<waId>`, in groups followed by the account's own id. */
  readonly key: string;
  readonly chat: Address;
  /** WhatsApp's acknowledgement level, at least 1: its server has the message. */
  readonly ack: number;
  /** Unix ms. */
  readonly at: number;
}

export interface InboundMessage {
  /**
   * `false_<chat>_<id>`, in groups followed by the author; unique in the session. `true_…` for a message that the
   * account sent from another device.
   */
  readonly key: string;
  readonly chat: Address;
  readonly from: Address;
  readonly pushName: string | null;
  /** Media are null when they could not be downloaded. */
  readonly content: Content<MediaBytes | null>;
  /** The WhatsApp key of the message that it replies to. */
  readonly quoted: string | null;
  readonly mentions: readonly string[];
  /** Unix ms by WhatsApp's clock. */
  readonly at: number;
  /** True when it was read from the history after a gap, not received live. */
  readonly backfill: boolean;
}

/**
 * How a call to a driver can fail. `not_connected`: there is no connection, nothing was tried. `not_sent`: it provably
 * had no effect. `unknown`: it may have had its effect; look it up before repeating it. `rejected`: it can never
 * succeed, and `failure` is the reason.
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

/** Refusals whose own text says more than the failure does. */
const SPECIFIC: ReadonlySet<MessageFailure> = new Set(["rejected_by_network", "unsupported_by_driver"]);

/** The error for people to read, in the same words whichever driver reports it. */
export function explain({ kind, failure, message }: DriverError): string {
  if (kind !== "rejected" || failure === null || SPECIFIC.has(failure)) return message;
  return MESSAGE_FAILURE_WORDS[failure];
}
