/** The ladder of a message's status: how far each step is up, and what a step writes. Statuses only move up; a late lower one is ignored. */
import type { EventDraft } from "../contracts/events.ts";
import type { Message } from "../contracts/routes/message.ts";
import { statusOfAck, toPublicStatus, type MessageStatus, type StoredStatus } from "../contracts/states.ts";
import type { StatusChange } from "../db/statements/messages/save-statuses.ts";
import type { MessageRow, StoredTimelineEntry } from "../db/rows/message.ts";

const STATUS_RANK: Partial<Record<StoredStatus, number>> = {
  scheduled: 0,
  queued: 1,
  retrying: 1,
  sending: 2,
  reconciling: 2,
  sent: 3,
  delivered: 4,
  read: 5,
  played: 6,
};

/** True when an outbound message may still be sent or sending. */
export function isOpen(status: StoredStatus): boolean {
  return status === "sending" || status === "reconciling";
}

/** A message on its way through one transaction: the row as it was, and what it becomes. */
export class MessageChange {
  readonly row: MessageRow;
  readonly #now: number;
  readonly #entries: StoredTimelineEntry[] = [];
  readonly #events: EventDraft[] = [];

  constructor(row: MessageRow, now: number) {
    this.row = { ...row };
    this.#now = now;
  }

  get isChanged(): boolean {
    return this.#changed;
  }
  #changed = false;

  /** Sets columns without a step of the status. */
  set(columns: Partial<MessageRow>): void {
    Object.assign(this.row, columns);
    this.#changed = true;
  }

  /** Moves to the stored status, writes the public one into the timeline and the event log. */
  moveTo(status: StoredStatus, shown: MessageStatus, at: number, detail?: string): void {
    const previous = toPublicStatus(this.row.status);
    this.row.status = status;
    this.#entries.push(detail === undefined ? [shown, at] : [shown, at, detail]);
    if (shown !== "sending" && shown !== "scheduled" && shown !== "received")
      this.#events.push(this.#event(shown, previous));
    this.#changed = true;
  }

  /** Climbs to what an acknowledgement means; fills in `sent` when the acknowledgement came before the send was recorded. */
  applyAck(ack: number, at: number): void {
    const target = statusOfAck(ack);
    const now = STATUS_RANK[this.row.status];
    if (target === undefined || now === undefined || now >= STATUS_RANK[target]!) return;
    if (now < STATUS_RANK.sent! && target !== "sent") this.moveTo("sent", "sent", at);
    this.row.ack = ack;
    this.row.error_code = null;
    this.row.error_detail = null;
    this.moveTo(target, target, at);
  }

  /** `previousStatus` tells whoever counts which steps were skipped: a message can be read without having been told delivered. */
  #event(
    status: Exclude<MessageStatus, "sending" | "scheduled" | "received">,
    previousStatus: MessageStatus,
  ): EventDraft {
    const { row } = this;
    return {
      type: `message.${status}` as const,
      tenantId: row.tenant_id,
      sessionId: row.session_id,
      data: {
        messageId: row.id,
        waId: row.wa_id,
        chatId: row.chat_id,
        type: row.type as Message["type"],
        status,
        previousStatus,
        clientRef: row.client_ref,
        ...(row.error_code === null ? {} : { error: { code: row.error_code, detail: row.error_detail } }),
      },
    };
  }

  toStatusChange(): StatusChange {
    const { row } = this;
    return {
      seq: row.seq,
      status: row.status,
      ack: row.ack,
      entries: this.#entries.map((entry) => `,${JSON.stringify(entry)}`).join(""),
      errorCode: row.error_code,
      errorDetail: row.error_detail,
      nextAttemptAt: row.next_attempt_at,
      attempts: row.attempts,
      claimEpoch: row.claim_epoch,
      waKey: row.wa_key,
      chatLid: row.chat_lid,
      updatedAt: this.#now,
    };
  }

  events(): readonly EventDraft[] {
    return this.#events;
  }
}
