/** A message being changed in a transaction: its row, and the timeline entries and events that its changes cause. */
import type { EventDraft } from "../contracts/events.ts";
import { statusOfAck, toPublicStatus, type MessageStatus, type StoredStatus } from "../contracts/states.ts";
import type { MessageRow, StoredTimelineEntry } from "../db/rows/message.ts";
import type { ChatMove } from "../db/statements/messages/move-chat.ts";
import type { StatusChange } from "../db/statements/messages/save-statuses.ts";
import { requireMove, STATUS_RANK, type Mover } from "./message-states.ts";

/** The statuses that are entered in the timeline and reported by an event, `message.<status>`. */
type ReportedStatus = Exclude<MessageStatus, "scheduled" | "sending" | "received">;

export class MessageChange {
  /** A copy, which the changes are made to. */
  readonly row: MessageRow;
  /** Set when the message belongs to another chat than before. */
  movedChat: ChatMove | null = null;
  readonly #now: number;
  readonly #entries: StoredTimelineEntry[] = [];
  readonly #events: EventDraft[] = [];
  #changed = false;
  #sentAt: number | null = null;

  constructor(row: MessageRow, now: number) {
    this.row = { ...row };
    this.#now = now;
  }

  get isChanged(): boolean {
    return this.#changed;
  }

  /** When WhatsApp's server acknowledged it, in Unix ms, if that is one of these changes; null otherwise. */
  get sentAt(): number | null {
    return this.#sentAt;
  }

  /** Sets columns other than the status. */
  set(columns: Partial<Omit<MessageRow, "status">>): void {
    Object.assign(this.row, columns);
    this.#changed = true;
  }

  /**
   * Moves the message to the chat that WhatsApp has for its recipient, whose id can differ from the dialled number. A
   * privacy id does not replace a number, which it would hide.
   */
  setChat(chatId: string): void {
    if (chatId === this.row.chat_id || !chatId.endsWith("@c.us") || !/@(?:c\.us|lid)$/.test(this.row.chat_id)) return;
    this.movedChat = { sessionId: this.row.session_id, seq: this.row.seq, from: this.row.chat_id, to: chatId };
    this.set({ chat_id: chatId });
  }

  /** Moves the message without a timeline entry or an event: the public status stays, or returns to what it was. */
  moveSilently(by: Mover, status: StoredStatus, columns: Partial<Omit<MessageRow, "status">> = {}): void {
    requireMove(by, this.row.status, status);
    this.row.status = status;
    this.set(columns);
  }

  /** Moves the message, with a timeline entry and an event. Columns that the event reports must be set before. */
  move(by: Mover, status: ReportedStatus, at: number, detail?: string): void {
    const previous = toPublicStatus(this.row.status);
    this.moveSilently(by, status);
    this.#entries.push(detail === undefined ? [status, at] : [status, at, detail]);
    this.#events.push(this.#event(status, previous));
  }

  /**
   * Moves the message up to the status of an acknowledgement level. An acknowledgement that comes before `sent` was
   * recorded implies `sent`.
   */
  applyAck(ack: number, at: number): void {
    const target = statusOfAck(ack);
    const rank = STATUS_RANK[this.row.status];
    if (target === undefined || rank === undefined || rank >= STATUS_RANK[target]!) return;
    if (rank < STATUS_RANK.sent!) this.#sentAt = at;
    if (rank < STATUS_RANK.sent! && target !== "sent") this.move("acknowledgement", "sent", at);
    this.set({ ack, error_code: null, error_detail: null });
    this.move("acknowledgement", target, at);
  }

  /**
   * `previousStatus` lets readers count skipped statuses: a message can be read without having been reported delivered.
   */
  #event(status: ReportedStatus, previousStatus: MessageStatus): EventDraft {
    const { row } = this;
    return {
      type: `message.${status}`,
      tenantId: row.tenant_id,
      sessionId: row.session_id,
      data: {
        messageId: row.id,
        waId: row.wa_id,
        chatId: row.chat_id,
        type: row.type,
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
