/** An account's chats and their state: archived, pinned, muted, marked as unread, cleared. */
import type { WireChat, WireChatChange } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { AddressBook } from "./address-book.ts";
import type { Groups } from "./groups.ts";
import type { Store } from "./store.ts";

interface ChatRow {
  readonly chat: string;
  readonly last_at: number | null;
  readonly unread: number;
  readonly archived: 0 | 1 | null;
  readonly pinned: 0 | 1 | null;
  readonly marked_unread: 0 | 1 | null;
  readonly muted_until: number | null;
  readonly ephemeral: number | null;
}

/** Muted indefinitely: WhatsApp stores a time in the far future. */
const FAR_FUTURE = 8_640_000_000_000_000;

/** A deleted chat reappears with its next message. */
const LIST = `
WITH held AS (
  SELECT chat FROM copies WHERE owner = ?1
  UNION SELECT group_id FROM participants WHERE account = ?1
)
SELECT h.chat, k.archived, k.pinned, k.marked_unread, k.muted_until, k.ephemeral,
  (SELECT m.at FROM copies c JOIN messages m ON m.n = c.message
    WHERE c.owner = ?1 AND c.chat = h.chat AND c.n > coalesce(k.cleared, 0) ORDER BY c.n DESC LIMIT 1) AS last_at,
  (SELECT count(*) FROM copies c
    WHERE c.owner = ?1 AND c.chat = h.chat AND c.mine = 0 AND c.ack < 3 AND c.content = 1
      AND c.n > coalesce(k.cleared, 0)) AS unread
FROM held h LEFT JOIN chats k ON k.owner = ?1 AND k.chat = h.chat
WHERE (?3 IS NULL OR h.chat = ?3) AND h.chat LIKE '%.us' AND (coalesce(k.deleted, 0) = 0
  OR EXISTS (SELECT 1 FROM copies c WHERE c.owner = ?1 AND c.chat = h.chat AND c.n > k.cleared))
ORDER BY coalesce(k.pinned, 0) DESC, last_at DESC, h.chat
LIMIT ?2`;

export class Chats {
  readonly #accounts: Accounts;
  readonly #book: AddressBook;
  readonly #groups: Groups;
  readonly #list;
  readonly #muteUntil;
  readonly #setEphemeral;
  readonly #changes: Record<WireChatChange | "read", (owner: string, chat: string) => number>;

  constructor(store: Store, accounts: Accounts, book: AddressBook, groups: Groups) {
    this.#accounts = accounts;
    this.#book = book;
    this.#groups = groups;
    this.#list = store.all<ChatRow>(LIST);
    this.#muteUntil = store.run("UPDATE chats SET muted_until = ? WHERE owner = ? AND chat = ?");
    this.#setEphemeral = store.run(
      `INSERT INTO chats (owner, chat, ephemeral) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET ephemeral = excluded.ephemeral`,
    );
    const set = (column: string, value: string) =>
      store.run(
        `INSERT INTO chats (owner, chat, ${column}) VALUES (?1, ?2, ${value})
         ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
      );
    const newest = "(SELECT coalesce(max(n), 0) FROM copies WHERE owner = ?1 AND chat = ?2)";
    const markDeleted = set("deleted", "1");
    const clear = set("cleared", newest);
    const markRead = store.run("UPDATE chats SET marked_unread = 0 WHERE owner = ? AND chat = ? AND marked_unread = 1");
    this.#changes = {
      unread: set("marked_unread", "1"),
      read: markRead,
      archive: set("archived", "1"),
      unarchive: set("archived", "0"),
      pin: set("pinned", "1"),
      unpin: set("pinned", "0"),
      mute: set("muted_until", String(FAR_FUTURE)),
      unmute: set("muted_until", "NULL"),
      clear: (owner, chat) => clear(owner, chat) + markRead(owner, chat),
      delete: (owner, chat) => clear(owner, chat) + markRead(owner, chat) + markDeleted(owner, chat),
    };
  }

  /** Pinned chats first, then by latest message. */
  list(account: Account, limit: number): WireChat[] {
    return this.#list(account.id, limit, null).map((row) => this.#view(account, row));
  }

  /** True when the chat is in the account's list. */
  has(account: Account, chat: string): boolean {
    return this.#list(account.id, 1, chat).length > 0;
  }

  /** Returns one chat; an empty one without a name when it is not in the list, such as after its deletion. */
  get(account: Account, chat: string): WireChat {
    const [row] = this.#list(account.id, 1, chat);
    if (row !== undefined) return this.#view(account, row);
    const flags = { archived: 0, pinned: 0, marked_unread: 0 } as const;
    const empty = { chat, last_at: null, unread: 0, muted_until: null, ephemeral: 0, ...flags };
    return { ...this.#view(account, empty), name: null };
  }

  #view(account: Account, row: ChatRow): WireChat {
    return {
      id: row.chat,
      name: row.chat.endsWith("@g.us") ? this.#groups.nameOf(account, row.chat) : this.#nameOf(account, row.chat),
      unread: Math.max(row.unread, row.marked_unread ?? 0),
      lastAt: row.last_at,
      archived: row.archived === 1,
      pinned: row.pinned === 1,
      mutedUntil: row.muted_until,
      ephemeral: row.chat.endsWith("@g.us") ? this.#groups.ephemeralOf(row.chat) : (row.ephemeral ?? 0),
    };
  }

  #nameOf(account: Account, chat: string): string | null {
    const person = this.#accounts.find(account.tenant, chat);
    return person === undefined ? null : (this.#book.nameOf(account.id, person) ?? person.name);
  }

  /** `until` (Unix ms) is for `mute`. */
  change(account: Account, chat: string, change: WireChatChange | "read", until?: number): void {
    this.#changes[change](account.id, chat);
    if (change === "mute" && until !== undefined) this.#muteUntil(until, account.id, chat);
  }

  /** After how many seconds messages of a chat between two people disappear. */
  setEphemeral(owner: string, chat: string, seconds: number): void {
    this.#setEphemeral(owner, chat, seconds);
  }
}
