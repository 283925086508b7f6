/** Privacy settings: what an account shows to whom, and who may add it to groups. */
import { PRIVACY_CATEGORIES, type PrivacyCategory, type WirePrivacy } from "../contracts/sandbox-wire-people.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { AddressBook } from "./address-book.ts";
import type { Store } from "./store.ts";

interface Setting {
  readonly category: string;
  readonly value: string;
  readonly people: string;
}

const STATUS = "status";

export class Privacy {
  readonly #accounts: Accounts;
  readonly #book: AddressBook;
  readonly #find;
  readonly #of;
  readonly #set;

  constructor(store: Store, accounts: Accounts, book: AddressBook) {
    this.#accounts = accounts;
    this.#book = book;
    this.#find = store.one<Setting>("SELECT * FROM privacy WHERE account = ? AND category = ?");
    this.#of = store.all<Setting>("SELECT * FROM privacy WHERE account = ?");
    this.#set = store.run(
      `INSERT INTO privacy VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, people = excluded.people`,
    );
  }

  of(account: Account): WirePrivacy {
    const settings = new Map(this.#of(account.id).map((row) => [row.category, row]));
    const values = Object.fromEntries(
      PRIVACY_CATEGORIES.map((category) => [category, settings.get(category)?.value ?? "all"]),
    ) as WirePrivacy["values"];
    if (account.groups_privacy === "contacts") values.groupAdd = "contacts";
    const excluded: WirePrivacy["excluded"] = {};
    for (const category of PRIVACY_CATEGORIES) {
      const people = peopleOf(settings.get(category));
      if (people.length > 0) excluded[category] = people;
    }
    return { values, excluded, status: this.statusAudience(account.id) };
  }

  /** Without `excluded` the list stays as it is. */
  set(account: Account, category: PrivacyCategory, value: string, excluded: readonly string[] | undefined): void {
    const people = excluded?.map((id) => this.#accounts.find(account.tenant, id)?.id ?? id);
    this.#set(account.id, category, value, JSON.stringify(people ?? peopleOf(this.#find(account.id, category))));
    if (category === "groupAdd")
      this.#accounts.update(account, { groupsPrivacy: value === "contacts" ? "contacts" : "all" });
  }

  statusAudience(account: string): WirePrivacy["status"] {
    const setting = this.#find(account, STATUS);
    const audience = (setting?.value ?? "contacts") as WirePrivacy["status"]["audience"];
    return { audience, list: peopleOf(setting) };
  }

  setStatusAudience(account: Account, { audience, list }: WirePrivacy["status"]): void {
    const people = list.map((id) => this.#accounts.find(account.tenant, id)?.id ?? id);
    this.#set(account.id, STATUS, audience, JSON.stringify(people));
  }

  /** True when the owner's setting lets the viewer see what it is about. */
  allows(owner: string, viewer: string, category: PrivacyCategory): boolean {
    if (owner === viewer) return true;
    const setting = this.#find(owner, category);
    if (setting === undefined || setting.value === "all") return true;
    if (setting.value === "none") return false;
    if (setting.value === "match_last_seen") return this.allows(owner, viewer, "lastSeen");
    return this.#book.has(owner, viewer) && !(setting.value === "contact_blacklist" && has(setting, viewer));
  }

  /** True when the owner's statuses are shown to the viewer. */
  showsStatus(owner: string, viewer: string): boolean {
    const { audience, list } = this.statusAudience(owner);
    if (audience === "only") return list.includes(viewer);
    return this.#book.has(owner, viewer) && !(audience === "except" && list.includes(viewer));
  }
}

function peopleOf(setting: Setting | undefined): string[] {
  return setting === undefined ? [] : (JSON.parse(setting.people) as string[]);
}

function has(setting: Setting, id: string): boolean {
  return peopleOf(setting).includes(id);
}
