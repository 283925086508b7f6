/**
 * The address books of accounts. Everyone of the tenant is in each one, under the name that they have chosen, until the
 * account saves them under another name, or removes them.
 */
import type { WireContactEntry } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Store } from "./store.ts";

const CONTACT_LIMIT = 5000;

export class AddressBook {
  readonly #accounts: Accounts;
  readonly #find;
  readonly #of;
  readonly #save;

  constructor(store: Store, accounts: Accounts) {
    this.#accounts = accounts;
    this.#find = store.one<{ name: string | null }>("SELECT name FROM contacts WHERE owner = ? AND contact = ?");
    this.#of = store.all<{ contact: string; name: string | null }>(
      "SELECT contact, name FROM contacts WHERE owner = ?",
    );
    this.#save = store.run("INSERT INTO contacts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name");
  }

  /** All entries; those who were removed are in it without a name, as the account still knows them. */
  entries(owner: Account): WireContactEntry[] {
    const saved = new Map(this.#of(owner.id).map((row) => [row.contact, row.name]));
    return this.#accounts.contactsOf(owner, CONTACT_LIMIT).map((contact) => {
      const name = saved.has(contact.id) ? (saved.get(contact.id) ?? null) : contact.name;
      return entryOf(contact, name);
    });
  }

  entry(owner: string, contact: Account): WireContactEntry {
    return entryOf(contact, this.nameOf(owner, contact));
  }

  /** The name under which the owner knows the contact; null for one that is not in the address book, or has no name. */
  nameOf(owner: string, contact: Account): string | null {
    const saved = this.#find(owner, contact.id);
    return saved === undefined ? contact.name : saved.name;
  }

  /** True when the contact is in the owner's address book. */
  has(owner: string, contact: string): boolean {
    return this.#find(owner, contact)?.name !== null;
  }

  /** Saves a contact under a name; null removes it from the address book. */
  save(owner: string, contact: string, name: string | null): void {
    this.#save(owner, contact, name);
  }
}

function entryOf({ id, lid, name: pushName, business }: Account, name: string | null): WireContactEntry {
  return { id, lid, name, pushName, business: business === 1 };
}
