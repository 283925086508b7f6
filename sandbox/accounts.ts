/** Accounts: the phones of the simulated network. A phone belongs to one tenant; numbers are unique across tenants. */
import { randomInt } from "node:crypto";
import { chatIdForms, formsOf } from "../contracts/number-forms.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

/** Who may add the phone to groups: everyone, or only people whom it has written to. */
export type GroupsPrivacy = "all" | "contacts";

/** By which ids the devices of an account name people: their LIDs, or still their numbers. */
export type Addressing = "lid" | "number";

export interface Account {
  /** `<digits>@c.us`: WhatsApp's form of the number, which other dialled forms lead to as well. */
  readonly id: string;
  readonly lid: string;
  readonly tenant: string;
  readonly name: string | null;
  /** 1 when the phone has network. */
  readonly online: 0 | 1;
  readonly auto_read: 0 | 1;
  readonly groups_privacy: GroupsPrivacy;
  readonly addressing: Addressing;
  /** 1 when others see its LID only. */
  readonly hides_number: 0 | 1;
  readonly last_seen: number | null;
  readonly created_at: number;
  /** Null for the text that WhatsApp gives everyone. */
  readonly about: string | null;
  readonly business: 0 | 1;
  readonly username: string | null;
}

export interface NewAccount {
  /** The number with its country code, in any form; a fictitious one is chosen when it is undefined. */
  readonly digits?: string | undefined;
  readonly name: string | null;
  readonly autoRead: boolean;
  readonly groupsPrivacy: GroupsPrivacy;
  readonly business: boolean;
  readonly addressing: Addressing;
  readonly hidesNumber: boolean;
}

export class Accounts {
  readonly #byId;
  readonly #byLid;
  readonly #page;
  readonly #contacts;
  readonly #insert;
  readonly #update;
  readonly #setProfile;
  readonly #byUsername;
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
      `INSERT INTO accounts (id, lid, tenant, name, auto_read, groups_privacy, business, created_at, addressing,
       hides_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#update = store.run(
      `UPDATE accounts SET name = ?, online = ?, auto_read = ?, groups_privacy = ?, addressing = ?, hides_number = ?
       WHERE id = ?`,
    );
    this.#setProfile = store.run("UPDATE accounts SET name = ?, about = ?, username = ? WHERE id = ?");
    this.#byUsername = store.one<Account>("SELECT * FROM accounts WHERE username = ?");
    this.#setLastSeen = store.run("UPDATE accounts SET last_seen = ? WHERE id = ?");
    this.#delete = store.run("DELETE FROM accounts WHERE id = ?");
    this.#lastNumber = store.one<{ last: number }>("SELECT last FROM numbering");
    this.#setLastNumber = store.run("UPDATE numbering SET last = ?");
  }

  /**
   * Finds an account of the tenant by its `…@c.us` or `…@lid` id, or by another form of its number. Other tenants'
   * numbers are not visible.
   */
  find(tenant: string, id: string): Account | undefined {
    const account = id.endsWith("@lid") ? this.#byLid(id) : this.byNumber(id);
    return account?.tenant === tenant ? account : undefined;
  }

  /** The account of any tenant that this id, or the number in it, leads to. A pairing code comes before its tenant. */
  byNumber(id: string): Account | undefined {
    for (const form of chatIdForms(id)) {
      const account = this.#byId(form);
      if (account !== undefined) return account;
    }
    return undefined;
  }

  /** The account of any tenant with exactly this `…@c.us` id. */
  byId(id: string): Account | undefined {
    return this.#byId(id);
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

  /** Oldest first, after the given position. */
  page(tenant: string, after: { at: number; id: string }, limit: number): Account[] {
    return this.#page(tenant, after.at, after.id, limit);
  }

  /** The other accounts of the tenant: a phone's address book. */
  contactsOf(account: Account, limit: number): Account[] {
    return this.#contacts(account.tenant, account.id, limit);
  }

  /**
   * Creates an account; undefined when the number is taken. Without `digits` a fictitious number is chosen. The id has
   * WhatsApp's form of the number.
   */
  create(tenant: string, given: NewAccount): Account | undefined {
    const id = `${formsOf(given.digits ?? this.#nextNumber())[0]}@c.us`;
    if (this.byNumber(id) !== undefined) return undefined;
    const lid = `${randomInt(1e14, 2 ** 48 - 1)}@lid`;
    const { name, groupsPrivacy, addressing } = given;
    const [autoRead, business, hidesNumber] = [given.autoRead, given.business, given.hidesNumber].map(Number);
    this.#insert(id, lid, tenant, name, autoRead!, groupsPrivacy, business!, Date.now(), addressing, hidesNumber!);
    return this.#byId(id);
  }

  /** +1 555 is not an area code in use, so these numbers cannot belong to a real person. */
  #nextNumber(): string {
    let next = (this.#lastNumber()?.last ?? 0) + 1;
    while (this.byNumber(`${next}@c.us`) !== undefined) next++;
    this.#setLastNumber(next);
    return String(next);
  }

  update(
    account: Account,
    change: {
      name?: string | null | undefined;
      online?: boolean | undefined;
      autoRead?: boolean | undefined;
      groupsPrivacy?: GroupsPrivacy | undefined;
      addressing?: Addressing | undefined;
      hidesNumber?: boolean | undefined;
    },
  ): Account {
    const online = change.online ?? account.online === 1;
    const autoRead = change.autoRead ?? account.auto_read === 1;
    const name = change.name === undefined ? account.name : change.name;
    const groupsPrivacy = change.groupsPrivacy ?? account.groups_privacy;
    const addressing = change.addressing ?? account.addressing;
    const hidesNumber = change.hidesNumber ?? account.hides_number === 1;
    const settings = [name, Number(online), Number(autoRead), groupsPrivacy, addressing, Number(hidesNumber)] as const;
    this.#update(...settings, account.id);
    return this.get(account.id);
  }

  /** Changes what is given; an empty username removes it. Throws a refusal when another account has the username. */
  setProfile(
    account: Account,
    change: { name?: string | undefined; about?: string | undefined; username?: string | undefined },
  ): Account {
    const username = change.username === undefined ? account.username : change.username || null;
    const holder = username === null ? undefined : this.#byUsername(username);
    if (holder !== undefined && holder.id !== account.id) throw new Refusal("refused", `${username} is taken`);
    this.#setProfile(change.name ?? account.name, change.about ?? account.about, username, account.id);
    return this.get(account.id);
  }

  byUsername(tenant: string, username: string): Account | undefined {
    const account = this.#byUsername(username);
    return account?.tenant === tenant ? account : undefined;
  }

  setLastSeen(id: string, at: number): void {
    this.#setLastSeen(at, id);
  }

  remove(id: string): void {
    this.#delete(id);
  }
}
