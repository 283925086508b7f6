/**
 * By which ids people are named here. The server names them by their numbers; in an account that has moved, the real
 * client names everyone whose LID it knows by that: chats, participants, keys, receipts, typing and presence.
 */
import type { WireLids, WireMe } from "../../contracts/sandbox-wire.ts";
import { define } from "./loader.ts";
import { createWid, type Wid } from "./wid.ts";

/** The longest id of a person, and the longest key of a message. */
const MAX_LENGTH = 150;
/** Fields that hold people's own words, or free content. */
const NOT_IDS: ReadonlySet<string> = new Set(["text", "name", "description", "content", "about", "details", "data"]);

const lids = new Map<string, string>();
const phones = new Map<string, string>();
let account: WireMe | null = null;

/** Sets the account whose addressing counts; null before the link. */
export function setAddressing(me: WireMe | null): void {
  account = me;
}

export function isMoved(): boolean {
  return account?.addressing === "lid";
}

/** Records which LID belongs to which number. */
export function noteLid(id: string, lid: string | null): void {
  if (lid === null || !id.endsWith("@c.us")) return;
  lids.set(id, lid);
  phones.set(lid, id);
}

export function noteLids(known: WireLids): void {
  for (const [id, lid] of Object.entries(known)) noteLid(id, lid);
}

/** The id by which this account names the person; the given one of groups and channels, and of the account itself. */
export function pageId(id: string): string {
  return (isMoved() && id !== account?.id ? lids.get(id) : undefined) ?? id;
}

/** An id, or the key of a message, with the ids in it. */
function renamed(text: string): string {
  return text.includes("@c.us") ? text.split("_").map(pageId).join("_") : text;
}

/** The value with the ids of this page in it. */
export function toPage<T>(value: T): T {
  if (!isMoved()) return value;
  const rename = (part: unknown): unknown => {
    if (typeof part === "string") return part.length > MAX_LENGTH ? part : renamed(part);
    if (Array.isArray(part)) return part.map(rename);
    if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype) return part;
    const entries = Object.entries(part).map(([name, inner]) => [
      renamed(name),
      NOT_IDS.has(name) ? inner : rename(inner),
    ]);
    return Object.fromEntries(entries);
  };
  return rename(value) as T;
}

/** The numbers in the value whose LIDs are not known. */
export function unknownIn(value: unknown): string[] {
  const found = JSON.stringify(value).match(/\b\d{5,20}@c\.us\b/g) ?? [];
  return [...new Set(found)].filter((id) => !lids.has(id));
}

export function getCurrentLid(wid: Wid): Wid | undefined {
  const lid = lids.get(wid.toString());
  return lid === undefined ? undefined : createWid(lid);
}

export function getPhoneNumber(wid: Wid): Wid | undefined {
  const id = phones.get(wid.toString());
  return id === undefined ? undefined : createWid(id);
}

/** Records the pairs that the caller has learned elsewhere. */
function createLidPnMappings({ mappings }: { mappings: { lid: Wid; pn: Wid }[] }): Promise<void> {
  for (const { lid, pn } of mappings) noteLid(pn.toString(), lid.toString());
  return Promise.resolve();
}

define("WAWebApiContact", {
  getCurrentLid,
  getPhoneNumber,
  getAlternateUserWid: (wid: Wid) => (wid.isLid() ? getPhoneNumber(wid) : getCurrentLid(wid)),
});
define("WAWebLidMigrationUtils", {
  toPn: (wid: Wid) => (wid.isLid() ? getPhoneNumber(wid) : wid),
  toLid: (wid: Wid) => (wid.isLid() ? wid : getCurrentLid(wid)),
});
define("WAWebLidPnCache", { lidPnCache: { getCurrentLid, getPhoneNumber } });
define("WAWebDBCreateLidPnMappings", { createLidPnMappings });
define("WAWebLid1X1MigrationGating", {
  Lid1X1MigrationUtils: {
    isLidMigrated: isMoved,
    isSyncdSessionMigrated: isMoved,
    shouldApplyNonMigratedMessagingRules: () => !isMoved(),
  },
});
