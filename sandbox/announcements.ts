/** Tells connected devices what has changed about a person, a group or a channel. Nothing of it is stored for them. */
import type { LiveEvent } from "../contracts/sandbox-wire.ts";
import type { Account } from "./accounts.ts";
import type { AddressBook } from "./address-book.ts";
import type { Blocks } from "./blocks.ts";
import type { Hub } from "./hub.ts";
import type { Store } from "./store.ts";

interface Parts {
  readonly store: Store;
  readonly hub: Hub;
  readonly blocks: Blocks;
  readonly book: AddressBook;
}

export class Announcements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Sends a name to the tenant's other accounts, all of which know the person, and to the person's own devices. */
  name(person: Account): void {
    this.to([person.id], { type: "profile", id: person.id });
    for (const device of this.#parts.hub.all())
      if (device.tenant === person.tenant && device.account !== person.id) this.contact(device.account, person);
  }

  /** Sends what an account knows about a person to the account's devices. */
  contact(owner: string, person: Account): void {
    const { book, blocks } = this.#parts;
    const blocked = blocks.has(owner, person.id);
    this.to([owner], { type: "contact", contact: book.entry(owner, person), blocked });
  }

  /** The person's picture, about text or business profile has changed. */
  profile(person: Account): void {
    const { hub, store } = this.#parts;
    const devices = hub.all().filter((device) => device.tenant === person.tenant);
    store.afterCommit(() => {
      for (const device of devices) device.sendLive({ type: "profile", id: person.id });
    });
  }

  /** Sends an event to the connected devices of these accounts. */
  to(accounts: readonly string[], event: LiveEvent): void {
    const { hub, store } = this.#parts;
    store.afterCommit(() => {
      for (const account of accounts) hub.sendLive(account, event);
    });
  }
}
