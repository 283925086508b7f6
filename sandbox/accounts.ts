/** Accounts: the phones of the pretend network. A phone belongs to the tenant that made it, and numbers are unique. */
import { randomInt } from "node:crypto";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

export interface Account {
  readonly id: string;
  readonly lid: string;
  readonly tenant: string;
  readonly name: string | null;
  /** 1 when the phone has network. */
  readonly online: 0 | 1;
  readonly auto_read: 0 | 1;
  readonly last_seen: number | null;
  readonly created_at: number;
}

export class Accounts {
  readonly #byId;
  readonly #byLid;
  readonly #page;
  readonly #named;
  readonly #insert;
  readonly #update;
  readonly #seen;
  readonly #delete;
  readonly #lastNumber;
  readonly #setLastNumber;

  constructor(store: Store) {
    this.#byId = store.one<Account>("SELECT * FROM accounts WHERE id = ?");
    this.#byLid = store.one<Account>("SELECT * FROM accounts WHERE lid = ?");
    this.#page = store.all<Account>(
      "SELECT * FROM accounts WHERE tenant = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?",
    );
    this.#named = store.all<Account>("SELECT * FROM accounts WHERE tenant = ? AND id <> ? ORDER BY name, id LIMIT ?");
    this.#insert = store.run(
      "INSERT INTO accounts (id, lid, tenant, name, auto_read, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    );
    this.#update = store.run("UPDATE accounts SET name = ?, online = ?, auto_read = ? WHERE id = ?");
    this.#seen = store.run("UPDATE accounts SET last_seen = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM accounts WHERE id = ?");
    this.#lastNumber = store.one<{ last: number }>("SELECT last FROM numbering");
    this.#setLastNumber = store.run("UPDATE numbering SET last = ?");
  }

  /** The account of a `…@c.us` or `…@lid` that the tenant can see; the numbers of other tenants do not exist for it. */
  find(tenant: string, id: string): Account | undefined {
    const account = id.endsWith("@lid") ? this.#byLid(id) : this.#byId(id);
    return account?.tenant === tenant ? account : undefined;
  }

  /** As `find`, or the refusal `not_on_whatsapp`. */
  require(tenant: string, id: string): Account {
    const account = this.find(tenant, id);
    if (account === undefined) throw new Refusal("not_on_whatsapp", `${id} is not on WhatsApp`);
    return account;
  }

  /** An account by its own id, whatever its tenant. */
  get(id: string): Account {
    const account = this.#byId(id);
    if (account === undefined) throw new Refusal("not_linked", `${id} is gone`);
    return account;
  }

  /** For a pairing code, which names a phone before anything is known of the tenant. */
  exists(id: string): boolean {
    return this.#byId(id) !== undefined;
  }

  /** Oldest first, after the given position. */
  page(tenant: string, after: { at: number; id: string }, limit: number): Account[] {
    return this.#page(tenant, after.at, after.id, limit);
  }

  /** The other accounts of the tenant: a phone's address book. */
  contactsOf(account: Account, limit: number): Account[] {
    return this.#named(account.tenant, account.id, limit);
  }

  /** Undefined when the number is taken. Without digits a fictitious number is chosen. */
  create(tenant: string, digits: string | undefined, name: string | null, autoRead: boolean): Account | undefined {
    const id = `${digits ?? this.#nextNumber()}@c.us`;
    const lid = `${randomInt(1e14, 2 ** 48 - 1)}@lid`;
    return this.#insert(id, lid, tenant, name, autoRead ? 1 : 0, Date.now()) === 1 ? this.#byId(id) : undefined;
  }

  /** +1 555 is no area code, so that the numbers belong to nobody. */
  #nextNumber(): string {
    let next = (this.#lastNumber()?.last ?? 0) + 1;
    while (this.exists(`${next}@c.us`)) next++;
    this.#setLastNumber(next);
    return String(next);
  }

  update(
    account: Account,
    change: { name?: string | null | undefined; online?: boolean | undefined; autoRead?: boolean | undefined },
  ): Account {
    const online = change.online ?? account.online === 1;
    const autoRead = change.autoRead ?? account.auto_read === 1;
    this.#update(change.name === undefined ? account.name : change.name, online ? 1 : 0, autoRead ? 1 : 0, account.id);
    return this.get(account.id);
  }

  setLastSeen(id: string, at: number): void {
    this.#seen(at, id);
  }

  remove(id: string): void {
    this.#delete(id);
  }
}
