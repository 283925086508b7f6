/** A message as its table holds it. Times are ms since 1970, JSON columns are text. */
import { createId, createWaId, type Id } from "../../contracts/ids.ts";
import { PRIORITIES, type MessageKind } from "../../contracts/message-kinds.ts";
import type { MessageStatus, StoredStatus } from "../../contracts/states.ts";

export interface MessageRow {
  seq: number;
  id: Id<"message">;
  tenant_id: Id<"tenant">;
  session_id: Id<"session">;
  direction: "outbound" | "inbound";
  type: MessageKind;
  chat_id: string;
  chat_lid: string | null;
  /** JSON Address of the sender; null for outbound. */
  author: string | null;
  push_name: string | null;
  /** JSON object: the fields of its kind that have no column, and the media's type, name and size. */
  content: string;
  text: string | null;
  media_id: string | null;
  reply_to: string | null;
  /** The WhatsApp key of the message that a reply quotes, or that a reaction, forward, edit or revoke refers to. */
  target_key: string | null;
  /** JSON array of chat ids. */
  mentions: string | null;
  client_ref: string | null;
  batch_id: string | null;
  retry_of: string | null;
  status: StoredStatus;
  /** Lower numbers are sent first. */
  priority: number;
  send_at: number | null;
  expires_at: number | null;
  attempts: number;
  next_attempt_at: number | null;
  /** The epoch of the run that claimed it last; null when no run has it. */
  claim_epoch: number | null;
  /** When the claim counts as stuck. */
  claim_deadline: number | null;
  wa_id: string;
  /** WhatsApp's id of a received message, whose `wa_id` is the whole key; null for messages of the account. */
  stanza_id: string | null;
  wa_key: string | null;
  ack: number | null;
  error_code: string | null;
  error_detail: string | null;
  /** JSON array of [status, ms, detail?]. */
  timeline: string;
  edited_at: number | null;
  revoked_at: number | null;
  /** JSON object: emoji by chat id. */
  reactions: string | null;
  /** JSON StoredVotes: the votes of a poll. */
  votes: string | null;
  /** 1 when it was read from the history after a gap. */
  backfill: number;
  /** When it was sent, by WhatsApp's clock; null for a message of our queue. */
  wa_at: number | null;
  created_at: number;
  updated_at: number;
}

/** The options that each voter has chosen, by chat id. Times are ms since 1970. */
export type StoredVotes = Record<
  string,
  { readonly lid: string | null; readonly options: readonly string[]; readonly at: number }
>;

/** One entry of the timeline column. */
export type StoredTimelineEntry = [status: MessageStatus, at: number, detail?: string];

/** A message to be inserted: the columns that the table does not fill in. */
export type NewMessage = Omit<
  MessageRow,
  | "seq"
  | "attempts"
  | "next_attempt_at"
  | "claim_epoch"
  | "claim_deadline"
  | "edited_at"
  | "revoked_at"
  | "reactions"
  | "votes"
>;

type Required = "tenant_id" | "session_id" | "direction" | "type" | "chat_id" | "status" | "created_at";

/** A new message with the given columns, and the defaults for all others. */
export function newMessage(given: Pick<NewMessage, Required> & Partial<NewMessage>): NewMessage {
  const id = given.id ?? createId("message");
  return {
    id,
    chat_lid: null,
    author: null,
    push_name: null,
    content: "{}",
    text: null,
    media_id: null,
    reply_to: null,
    target_key: null,
    mentions: null,
    client_ref: null,
    batch_id: null,
    retry_of: null,
    priority: PRIORITIES.normal,
    send_at: null,
    expires_at: null,
    wa_id: given.wa_id ?? createWaId(id),
    stanza_id: null,
    wa_key: null,
    ack: null,
    error_code: null,
    error_detail: null,
    timeline: JSON.stringify([[given.status, given.created_at]]),
    backfill: 0,
    wa_at: null,
    updated_at: given.created_at,
    ...given,
  };
}
