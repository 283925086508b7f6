/** An account's chats and their state: archived, pinned, muted, marked as unread, cleared. */
import type { WireChat, WireChatChange } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
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
}

/** Muted indefinitely: WhatsApp stores a time in the far future. */
const FAR_FUTURE = 8_640_000_000_000_000;

/** A deleted chat reappears with its next message. */
const LIST = `
WITH held AS (
  SELECT chat FROM copies WHERE owner = ?1
  UNION SELECT group_id FROM participants WHERE account = ?1
)
SELECT h.chat, k.archived, k.pinned, k.marked_unread, k.muted_until,
  (SELECT m.at FROM copies c JOIN messages m ON m.n = c.message
    WHERE c.owner = ?1 AND c.chat = h.chat AND c.n > coalesce(k.cleared, 0) ORDER BY c.n DESC LIMIT 1) AS last_at,
  (SELECT count(*) FROM copies c
    WHERE c.owner = ?1 AND c.chat = h.chat AND c.mine = 0 AND c.ack < 3 AND c.content = 1
      AND c.n > coalesce(k.cleared, 0)) AS unread
FROM held h LEFT JOIN chats k ON k.owner = ?1 AND k.chat = h.chat
WHERE (?3 IS NULL OR h.chat = ?3) AND (coalesce(k.deleted, 0) = 0
  OR EXISTS (SELECT 1 FROM copies c WHERE c.owner = ?1 AND c.chat = h.chat AND c.n > k.cleared))
ORDER BY coalesce(k.pinned, 0) DESC, last_at DESC, h.chat
LIMIT ?2`;

export class Chats {
  readonly #accounts: Accounts;
  readonly #groups: Groups;
  readonly #list;
  readonly #changes: Record<WireChatChange | "read", (owner: string, chat: string) => number>;

  constructor(store: Store, accounts: Accounts, groups: Groups) {
    this.#accounts = accounts;
    this.#groups = groups;
    this.#list = store.all<ChatRow>(LIST);
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
    const empty = { last_at: null, unread: 0, archived: 0, pinned: 0, marked_unread: 0, muted_until: null } as const;
    return row === undefined ? { ...this.#view(account, { chat, ...empty }), name: null } : this.#view(account, row);
  }

  #view(account: Account, row: ChatRow): WireChat {
    return {
      id: row.chat,
      name: row.chat.endsWith("@g.us")
        ? this.#groups.nameOf(account, row.chat)
        : (this.#accounts.find(account.tenant, row.chat)?.name ?? null),
      unread: Math.max(row.unread, row.marked_unread ?? 0),
      lastAt: row.last_at,
      archived: row.archived === 1,
      pinned: row.pinned === 1,
      mutedUntil: row.muted_until,
    };
  }

  change(account: Account, chat: string, change: WireChatChange | "read"): void {
    this.#changes[change](account.id, chat);
  }
}
