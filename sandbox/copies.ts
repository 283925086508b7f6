/** Each account's copies of messages, and how far each was acknowledged. They form its history and its inbox. */
import type { WireReceipt } from "../contracts/sandbox-wire-channels.ts";
import type { MessageRow } from "./messages.ts";
import type { Store } from "./store.ts";

export interface Copy {
  readonly n: number;
  readonly owner: string;
  /** The other person or the group, as the owner sees it. */
  readonly chat: string;
  readonly message: number;
  readonly mine: 0 | 1;
  readonly ack: number;
}

/** A copy together with its message. */
export type MessageCopy = Omit<MessageRow, "n" | "chat"> & Copy;

const COLUMNS = "SELECT m.*, c.n, c.owner, c.chat, c.message, c.mine, c.ack";
const WITH_MESSAGE = `${COLUMNS} FROM copies c JOIN messages m ON m.n = c.message`;
const MAX_COPY = 2 ** 53 - 1;

export class Copies {
  readonly #insert;
  readonly #find;
  readonly #raise;
  readonly #undelivered;
  readonly #unread;
  readonly #inChat;
  readonly #inAll;
  readonly #byId;
  readonly #page;
  readonly #pageOfChat;
  readonly #star;
  readonly #written;
  readonly #receipts;

  constructor(store: Store) {
    this.#insert = store.run("INSERT INTO copies (owner, chat, message, mine, ack, content) VALUES (?, ?, ?, ?, ?, ?)");
    this.#find = store.one<Copy>("SELECT * FROM copies WHERE message = ? AND owner = ?");
    this.#raise = store.run(
      `UPDATE copies SET ack = ?1, delivered_at = coalesce(delivered_at, ?4),
         read_at = CASE WHEN ?1 >= 3 THEN coalesce(read_at, ?4) END,
         played_at = CASE WHEN ?1 >= 4 THEN coalesce(played_at, ?4) END
       WHERE message = ?2 AND owner = ?3 AND ack < ?1`,
    );
    this.#receipts = store.all<WireReceipt>(
      `SELECT owner AS "by", delivered_at AS deliveredAt, read_at AS readAt, played_at AS playedAt FROM copies
       WHERE message = ? AND mine = 0 AND ack >= 2`,
    );
    this.#undelivered = store.all<MessageCopy>(
      // Without the hint the planner picks an index that covers all of the owner's copies.
      `${COLUMNS} FROM copies c INDEXED BY copies_undelivered JOIN messages m ON m.n = c.message
       WHERE c.owner = ? AND c.mine = 0 AND c.ack < 2 ORDER BY c.n`,
    );
    this.#unread = store.all<MessageCopy>(
      `${WITH_MESSAGE} WHERE c.owner = ? AND c.chat = ? AND c.mine = 0 AND c.ack < 4 AND c.ack < ? ORDER BY c.n`,
    );
    const newest = "ORDER BY c.n DESC LIMIT ?";
    const notCleared = "c.n > coalesce((SELECT cleared FROM chats k WHERE k.owner = c.owner AND k.chat = c.chat), 0)";
    this.#inChat = store.all<MessageCopy>(
      `${WITH_MESSAGE} WHERE c.owner = ? AND c.chat = ? AND m.at >= ? AND ${notCleared} ${newest}`,
    );
    this.#inAll = store.all<MessageCopy>(
      `${WITH_MESSAGE} WHERE c.owner = ? AND m.at >= ? AND c.chat LIKE '%.us' AND ${notCleared} ${newest}`,
    );
    this.#byId = store.all<MessageCopy>(`${WITH_MESSAGE} WHERE c.owner = ? AND c.chat = ? AND m.id = ? LIMIT 2`);
    this.#page = store.all<MessageCopy>(
      `${WITH_MESSAGE} WHERE c.owner = ? AND c.mine = ? AND c.content = 1 AND c.n < ? ${newest}`,
    );
    this.#pageOfChat = store.all<MessageCopy>(
      `${WITH_MESSAGE} WHERE c.owner = ? AND c.mine = ? AND c.content = 1 AND c.n < ? AND c.chat = ? ${newest}`,
    );
    this.#written = store.one<{ found: 1 }>(
      "SELECT 1 AS found FROM copies WHERE owner = ? AND chat = ? AND mine = 1 LIMIT 1",
    );
    this.#star = store.run("UPDATE copies SET starred = ? WHERE message = ? AND owner = ?");
  }

  add(owner: string, chat: string, message: number, kind: { mine: boolean; content: boolean; ack: number }): void {
    this.#insert(owner, chat, message, kind.mine ? 1 : 0, kind.ack, kind.content ? 1 : 0);
  }

  find(message: number, owner: string): Copy | undefined {
    return this.#find(message, owner);
  }

  /** Raises the acknowledgement, which never goes down; false when it was as high already. */
  raise(message: number, owner: string, ack: number, at: number): boolean {
    return this.#raise(ack, message, owner, at) === 1;
  }

  /** How far those who have received the message have acknowledged it. */
  receiptsOf(message: number): WireReceipt[] {
    return this.#receipts(message);
  }

  undelivered(owner: string): MessageCopy[] {
    return this.#undelivered(owner);
  }

  /** Messages of others in the chat that the owner has acknowledged less than `ack`. */
  unread(owner: string, chat: string, ack: number): MessageCopy[] {
    return this.#unread(owner, chat, ack);
  }

  /**
   * The newest messages since a time (Unix ms), oldest first, without cleared ones. Without a chat, those of people and
   * groups.
   */
  history(owner: string, chat: string | null, since: number, limit: number): MessageCopy[] {
    const rows = chat === null ? this.#inAll(owner, since, limit) : this.#inChat(owner, chat, since, limit);
    return rows.reverse();
  }

  /** Messages of the chat with this id; more than one only when two senders chose the same id. */
  byId(owner: string, chat: string, id: string): MessageCopy[] {
    return this.#byId(owner, chat, id);
  }

  /** Received messages, or sent ones when `mine` is true, latest first, before the given copy. */
  page(owner: string, mine: boolean, chat: string | null, before: number | null, limit: number): MessageCopy[] {
    const end = before ?? MAX_COPY;
    return chat === null
      ? this.#page(owner, mine ? 1 : 0, end, limit)
      : this.#pageOfChat(owner, mine ? 1 : 0, end, chat, limit);
  }

  /** True when the owner has sent something to the chat. */
  hasWritten(owner: string, chat: string): boolean {
    return this.#written(owner, chat) !== undefined;
  }

  star(message: number, owner: string, starred: boolean): boolean {
    return this.#star(starred ? 1 : 0, message, owner) === 1;
  }
}
