/** The profiles of businesses. */
import type { WireBusinessProfile } from "../contracts/sandbox-wire-business.ts";
import type { Account } from "./accounts.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

type Fields = Omit<WireBusinessProfile, "id">;

const EMPTY: Fields = {
  description: "",
  address: "",
  email: "",
  website: [],
  categories: [],
  hours: null,
  cartEnabled: true,
};

/** Throws the refusal that accounts of people get. */
export function requireBusiness({ id, business }: Account): void {
  if (business === 0) throw new Refusal("business_only", `${id} is not a business`);
}

export class BusinessProfiles {
  readonly #find;
  readonly #set;

  constructor(store: Store) {
    this.#find = store.one<{ profile: string }>("SELECT profile FROM business_profiles WHERE account = ?");
    this.#set = store.run(
      "INSERT INTO business_profiles VALUES (?, ?) ON CONFLICT DO UPDATE SET profile = excluded.profile",
    );
  }

  /** Null when the account is not a business. */
  of({ id, business }: Account): WireBusinessProfile | null {
    if (business === 0) return null;
    const row = this.#find(id);
    return { ...EMPTY, ...(row === undefined ? {} : (JSON.parse(row.profile) as Partial<Fields>)), id };
  }

  /** Changes what is given. */
  change(account: Account, change: Partial<Fields>): WireBusinessProfile {
    requireBusiness(account);
    const { id, ...before } = this.of(account)!;
    this.#set(id, JSON.stringify({ ...before, ...change }));
    return { ...before, ...change, id };
  }
}
