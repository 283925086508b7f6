/** The durable queue of each device: numbered events that wait until the device acknowledges them. */
import { STATUS_CHAT } from "../contracts/sandbox-wire-channels.ts";
import type { DurableEvent, WireMessage } from "../contracts/sandbox-wire.ts";
import type { Messages } from "./messages.ts";
import type { Store } from "./store.ts";

export interface QueuedEvent {
  readonly seq: number;
  readonly event: DurableEvent;
}

interface QueueRow {
  readonly seq: number;
  readonly message: number | null;
  readonly event: string | null;
}

/** Statuses and messages of channels are not in chats, and are events of their own. */
function messageEvent(message: WireMessage): DurableEvent {
  if (message.to === STATUS_CHAT) return { type: "status", message };
  if (message.to.endsWith("@newsletter")) return { type: "channel_message", message };
  return { type: "message", message };
}

export class Queue {
  readonly #messages: Messages;
  readonly #number;
  readonly #insert;
  readonly #next;
  readonly #size;
  readonly #messagesUpTo;
  readonly #deleteUpTo;

  constructor(store: Store, messages: Messages) {
    this.#messages = messages;
    this.#number = store.one<{ last_seq: number }>(
      "UPDATE devices SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq",
    );
    this.#insert = store.run("INSERT INTO queue (device, seq, message, event) VALUES (?, ?, ?, ?)");
    this.#next = store.one<QueueRow>(
      "SELECT seq, message, event FROM queue WHERE device = ? AND seq > ? ORDER BY seq LIMIT 1",
    );
    this.#size = store.one<{ size: number }>("SELECT count(*) AS size FROM queue WHERE device = ?");
    this.#messagesUpTo = store.all<{ message: number }>(
      "SELECT message FROM queue WHERE device = ? AND seq <= ? AND message IS NOT NULL",
    );
    this.#deleteUpTo = store.run("DELETE FROM queue WHERE device = ? AND seq <= ?");
  }

  addMessage(device: number, message: number): void {
    this.#add(device, message, null);
  }

  addEvent(device: number, event: DurableEvent): void {
    this.#add(device, null, JSON.stringify(event));
  }

  #add(device: number, message: number | null, event: string | null): void {
    const next = this.#number(device);
    if (next !== undefined) this.#insert(device, next.last_seq, message, event);
  }

  /** The first event after `seq`, with the bytes of its media. */
  next(device: number, seq: number): QueuedEvent | undefined {
    const row = this.#next(device, seq);
    return row === undefined ? undefined : { seq: row.seq, event: this.#eventOf(row) };
  }

  #eventOf(row: QueueRow): DurableEvent {
    if (row.message !== null) return messageEvent(this.#messages.read(row.message, true));
    return JSON.parse(row.event ?? "null") as DurableEvent;
  }

  size(device: number): number {
    return this.#size(device)?.size ?? 0;
  }

  /** Deletes the events up to `seq`; returns the messages among them, which the device has now stored. */
  acknowledge(device: number, seq: number): number[] {
    const messages = this.#messagesUpTo(device, seq).map((row) => row.message);
    this.#deleteUpTo(device, seq);
    return messages;
  }
}
