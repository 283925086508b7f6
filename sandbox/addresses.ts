/**
 * The ids by which people are named on the wire. Inside, everyone is known by their number. An account that hides its
 * number goes out to others by its LID alone; the LIDs of the others are sent beside the value. What comes in may name
 * people by either.
 */
import type { WireLids } from "../contracts/sandbox-wire.ts";
import type { Accounts } from "./accounts.ts";

/** The longest id of a person. */
const MAX_ID = 30;
/** Fields that hold people's own words, or free content, and never an id of the protocol. */
const NOT_IDS: ReadonlySet<string> = new Set(["text", "name", "description", "content", "about", "details", "data"]);

/** A value as an account may see it, and the LIDs of the people whom it names by their numbers. */
interface Shown<T> {
  readonly value: T;
  readonly lids: WireLids;
}

export class Addresses {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** The value as devices of the account `viewer` may see it. */
  shownTo<T>(viewer: string, value: T): Shown<T> {
    const lids: Record<string, string> = {};
    const hidden = new Map<string, string>();
    forEachId(value, "@c.us", (id) => {
      const account = this.#accounts.byId(id);
      if (account === undefined) return;
      if (account.hides_number === 1 && id !== viewer) hidden.set(id, account.lid);
      else lids[id] = account.lid;
    });
    return { value: hidden.size === 0 ? value : replaceIds(value, (id) => hidden.get(id) ?? id), lids };
  }

  /** The value with the numbers of the tenant's accounts in place of their LIDs. */
  stored<T>(tenant: string, value: T): T {
    const numbers = new Map<string, string>();
    forEachId(value, "@lid", (id) => {
      const account = this.#accounts.find(tenant, id);
      if (account !== undefined) numbers.set(id, account.id);
    });
    return numbers.size === 0 ? value : replaceIds(value, (id) => numbers.get(id) ?? id);
  }
}

function forEachId(value: unknown, server: string, visit: (id: string) => void): void {
  if (typeof value === "string") {
    if (value.length < MAX_ID && value.endsWith(server)) visit(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) if (!NOT_IDS.has(name)) forEachId(part, server, visit);
  }
}

function replaceIds<T>(value: T, idOf: (id: string) => string): T {
  const replace = (part: unknown): unknown => {
    if (typeof part === "string") return part.length < MAX_ID ? idOf(part) : part;
    if (Array.isArray(part)) return part.map(replace);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [name, NOT_IDS.has(name) ? inner : replace(inner)]),
    );
  };
  return replace(value) as T;
}
