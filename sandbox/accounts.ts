/** Accounts: the phones of the simulated network. A phone belongs to one tenant; numbers are unique across tenants. */
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
  readonly #contacts;
  readonly #insert;
  readonly #update;
  readonly #setLastSeen;
  readonly #delete;
  readonly #lastNumber;
  readonly #setLastNumber;

  constructor(store: Store) {
    this.#byId = store.one<Account>("SELECT * FROM accounts WHERE id = ?");
    this.#byLid = store.one<Account>("SELECT * FROM accounts WHERE lid = ?");
    this.#page = store.all<Account>(
      "SELECT * FROM accounts WHERE tenant = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?",
    );
    this.#contacts = store.all<Account>(
      "SELECT * FROM accounts WHERE tenant = ? AND id <> ? ORDER BY name, id LIMIT ?",
    );
    this.#insert = store.run(
      `INSERT INTO accounts (id, lid, tenant, name, auto_read, created_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    );
    this.#update = store.run("UPDATE accounts SET name = ?, online = ?, auto_read = ? WHERE id = ?");
    this.#setLastSeen = store.run("UPDATE accounts SET last_seen = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM accounts WHERE id = ?");
    this.#lastNumber = store.one<{ last: number }>("SELECT last FROM numbering");
    this.#setLastNumber = store.run("UPDATE numbering SET last = ?");
  }

  /** Finds an account of the tenant by its `…@c.us` or `…@lid` id. Other tenants' numbers are not visible. */
  find(tenant: string, id: string): Account | undefined {
    const account = id.endsWith("@lid") ? this.#byLid(id) : this.#byId(id);
    return account?.tenant === tenant ? account : undefined;
  }

  /** Like `find`, but throws the refusal `not_on_whatsapp` when there is no such account. */
  require(tenant: string, id: string): Account {
    const account = this.find(tenant, id);
    if (account === undefined) throw new Refusal("not_on_whatsapp", `${id} is not on WhatsApp`);
    return account;
  }

  /** Returns an account of any tenant by its `…@c.us` id. */
  get(id: string): Account {
    const account = this.#byId(id);
    if (account === undefined) throw new Refusal("not_linked", `${id} no longer exists`);
    return account;
  }

  /** True for an account of any tenant. A pairing code names a phone before the tenant is known. */
  exists(id: string): boolean {
    return this.#byId(id) !== undefined;
  }

  /** Oldest first, after the given position. */
  page(tenant: string, after: { at: number; id: string }, limit: number): Account[] {
    return this.#page(tenant, after.at, after.id, limit);
  }

  /** The other accounts of the tenant: a phone's address book. */
  contactsOf(account: Account, limit: number): Account[] {
    return this.#contacts(account.tenant, account.id, limit);
  }

  /** Creates an account; undefined when the number is taken. Without `digits` a fictitious number is chosen. */
  create(tenant: string, digits: string | undefined, name: string | null, autoRead: boolean): Account | undefined {
    const id = `${digits ?? this.#nextNumber()}@c.us`;
    const lid = `${randomInt(1e14, 2 ** 48 - 1)}@lid`;
    return this.#insert(id, lid, tenant, name, autoRead ? 1 : 0, Date.now()) === 1 ? this.#byId(id) : undefined;
  }

  /** +1 555 is not an area code in use, so these numbers cannot belong to a real person. */
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
    this.#setLastSeen(at, id);
  }

  remove(id: string): void {
    this.#delete(id);
  }
}
