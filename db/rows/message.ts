/** A message as its table holds it. Times are ms since 1970, JSON columns are text. */
import type { Id } from "../../contracts/ids.ts";
import type { MessageStatus, StoredStatus } from "../../contracts/states.ts";

export interface MessageRow {
  seq: number;
  id: Id<"message">;
  tenant_id: Id<"tenant">;
  session_id: Id<"session">;
  direction: "outbound" | "inbound";
  type: string;
  chat_id: string;
  chat_lid: string | null;
  /** JSON Address of who wrote it; null for outbound. */
  author: string | null;
  push_name: string | null;
  /** JSON: what the type holds beside its text and media. */
  content: string;
  text: string | null;
  media_id: string | null;
  reply_to: string | null;
  /** The WhatsApp key of the message that a reply quotes, or that a reaction, forward, edit or revoke is about. */
  target_key: string | null;
  mentions: string | null;
  client_ref: string | null;
  batch_id: string | null;
  retry_of: string | null;
  status: StoredStatus;
  priority: number;
  send_at: number | null;
  expires_at: number | null;
  attempts: number;
  next_attempt_at: number | null;
  claim_epoch: number | null;
  claim_deadline: number | null;
  wa_id: string;
  wa_key: string | null;
  ack: number | null;
  error_code: string | null;
  error_detail: string | null;
  /** JSON array of [status, ms, detail?]. */
  timeline: string;
  edited_at: number | null;
  revoked_at: number | null;
  reactions: string | null;
  backfill: number;
  wa_at: number | null;
  created_at: number;
  updated_at: number;
}

/** One entry of the timeline column. */
export type StoredTimelineEntry = [status: MessageStatus, at: number, detail?: string];

/** A message about to be inserted: the columns that are not filled in by the table. */
export type NewMessage = Omit<
  MessageRow,
  "seq" | "attempts" | "next_attempt_at" | "claim_epoch" | "claim_deadline" | "edited_at" | "revoked_at" | "reactions"
>;
