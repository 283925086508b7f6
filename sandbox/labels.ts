/** Labels of businesses, and lists of chats of any account. */
import type { WireLabel } from "../contracts/sandbox-wire-people.ts";
import type { Account } from "./accounts.ts";
import type { Announcements } from "./announcements.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface LabelRow {
  readonly id: number;
  readonly name: string;
  readonly color: number;
  readonly kind: WireLabel["kind"];
}

export class Labels {
  readonly #announcements: Announcements;
  readonly #of;
  readonly #find;
  readonly #last;
  readonly #set;
  readonly #delete;
  readonly #chats;
  readonly #addChat;
  readonly #removeChat;

  constructor(store: Store, announcements: Announcements) {
    this.#announcements = announcements;
    this.#of = store.all<LabelRow>("SELECT id, name, color, kind FROM labels WHERE owner = ? ORDER BY id");
    this.#find = store.one<LabelRow>("SELECT id, name, color, kind FROM labels WHERE owner = ? AND id = ?");
    this.#last = store.one<{ last: number }>("SELECT coalesce(max(id), 0) AS last FROM labels WHERE owner = ?");
    this.#set = store.run(
      `INSERT INTO labels (owner, id, name, color, kind) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET name = excluded.name, color = excluded.color`,
    );
    this.#delete = store.run("DELETE FROM labels WHERE owner = ? AND id = ?");
    this.#chats = store.all<{ chat: string }>(
      "SELECT chat FROM label_chats WHERE owner = ? AND label = ? ORDER BY chat",
    );
    this.#addChat = store.run("INSERT INTO label_chats VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    this.#removeChat = store.run("DELETE FROM label_chats WHERE owner = ? AND label = ? AND chat = ?");
  }

  of(account: Account): WireLabel[] {
    return this.#of(account.id).map((row) => this.#toWire(account, row));
  }

  set(account: Account, given: { id?: string; name: string; color: number; kind?: WireLabel["kind"] }): WireLabel {
    const known = given.id === undefined ? undefined : this.#find(account.id, Number(given.id));
    const kind = known?.kind ?? given.kind ?? "label";
    if (kind === "label" && account.business === 0) throw new Refusal("business_only", "only businesses have labels");
    const id = given.id === undefined ? (this.#last(account.id)?.last ?? 0) + 1 : Number(given.id);
    this.#set(account.id, id, given.name, given.color, kind);
    const label = this.#require(account, String(id));
    this.#announce(account, { change: "set", label, added: [], removed: [] });
    return label;
  }

  remove(account: Account, id: string): void {
    const label = this.#require(account, id);
    this.#delete(account.id, Number(id));
    this.#announce(account, { change: "deleted", label, added: [], removed: label.chats });
  }

  /** Puts the label on chats, or takes it off. */
  changeChats(account: Account, { id, chats, add }: { id: string; chats: readonly string[]; add: boolean }): WireLabel {
    this.#require(account, id);
    const change = add ? this.#addChat : this.#removeChat;
    const changed = chats.filter((chat) => change(account.id, Number(id), chat) === 1);
    const label = this.#require(account, id);
    const [added, removed] = add ? [changed, []] : [[], changed];
    this.#announce(account, { change: "set", label, added, removed });
    return label;
  }

  #announce(
    account: Account,
    event: { change: "set" | "deleted"; label: WireLabel; added: string[]; removed: string[] },
  ): void {
    this.#announcements.to([account.id], { type: "label", ...event });
  }

  #require(account: Account, id: string): WireLabel {
    const row = this.#find(account.id, Number(id));
    if (row === undefined) throw new Refusal("target_not_found", `there is no label ${id}`);
    return this.#toWire(account, row);
  }

  #toWire(account: Account, row: LabelRow): WireLabel {
    const chats = this.#chats(account.id, row.id).map(({ chat }) => chat);
    return { ...row, id: String(row.id), chats };
  }
}
