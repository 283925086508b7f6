/** What the send queues need from the node that runs the sessions. */
import type { EventDraft } from "../contracts/events.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { StoredMedia } from "../contracts/media.ts";
import type { OutboundMessage, SendReceipt } from "../contracts/transport.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import type { Outcome } from "./outcome.ts";

/** The sessions that run on this node. Both calls reject with a DriverError, and have their own deadlines. */
export interface SessionPort {
  /** Sends a message; resolves when WhatsApp's server has acknowledged it. */
  send(sessionId: string, message: OutboundMessage): Promise<SendReceipt>;
  /**
   * Looks a message up by the id it was sent with; null when WhatsApp does not have it. An `ack` of 0 means it is not
   * sent yet.
   */
  find(sessionId: string, message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null>;
}

/**
 * One round of the send queues: statements in a transaction, and the events they cause. It must have the same effect
 * when it is executed again, because whether a lost commit took effect is unknown.
 */
export type Round = (sql: Sql) => Promise<readonly EventDraft[]>;

/** An attempt to send a message, or to look one up, for metrics. */
export interface SendAttempt {
  readonly outcome: Outcome["kind"];
  readonly isLookup: boolean;
  readonly message: Pick<MessageRow, "type" | "priority" | "created_at" | "send_at">;
  readonly ms: number;
}

export interface SendQueuesOptions {
  readonly sessions: SessionPort;
  /** Executes a round in a transaction and appends its events; resolves after the commit. */
  readonly commit: (round: Round) => Promise<void>;
  /** The stored media of a message; undefined when they no longer exist. */
  readonly findMedia: (tenantId: string, mediaId: string) => Promise<StoredMedia | undefined>;
  readonly onAttempt: (attempt: SendAttempt) => void;
  /** So many sent messages had been lost by the database, and were written again. */
  readonly onRestored: (count: number) => void;
  /** The incarnation under which this process owns the sessions. */
  readonly incarnation: string;
  readonly log: ActorLog;
}
