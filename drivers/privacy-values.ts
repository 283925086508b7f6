/** Privacy settings in WhatsApp's own words, and in those of the contract. */
import type { Address } from "../contracts/address.ts";
import type { Privacy, PrivacySetting } from "../contracts/privacy.ts";

/** The settings by WhatsApp's names, and the people of the lists that belong to them, as ids. */
export interface WaPrivacy {
  readonly values: Readonly<Record<string, string | null | undefined>>;
  readonly people: Readonly<Record<string, readonly string[]>>;
}

const EXCEPT = { contacts_except: "contact_blacklist" };

/** WhatsApp's name of each setting, and its words for values that it calls differently. */
export const WA_PRIVACY: Partial<
  Readonly<Record<PrivacySetting, { name: string; values: Readonly<Record<string, string>> }>>
> = {
  lastSeen: { name: "lastSeen", values: EXCEPT },
  online: { name: "online", values: {} },
  picture: { name: "profilePicture", values: EXCEPT },
  about: { name: "about", values: EXCEPT },
  readReceipts: { name: "readReceipts", values: {} },
  groups: { name: "groupAdd", values: EXCEPT },
  calls: { name: "callAdd", values: {} },
  status: {
    name: "status",
    values: { contacts: "contact", contacts_except: "deny-list", only: "allow-list" },
  },
};

/** The settings in the words of the contract. A value that WhatsApp has invented since is null. */
export async function toPrivacy(
  { values, people }: WaPrivacy,
  resolve: (ids: readonly string[]) => Promise<readonly Address[]>,
): Promise<Privacy> {
  const settings: Record<string, string | null> = { messages: null };
  const listed: Privacy["people"] = {};
  for (const [setting, wa] of Object.entries(WA_PRIVACY)) {
    const given = values[wa.name];
    settings[setting] = given === undefined || given === null ? null : wordOf(wa.values, given);
    const ids = people[wa.name] ?? [];
    if (ids.length > 0) listed[setting as PrivacySetting] = [...(await resolve(ids))];
  }
  return { settings: settings as Privacy["settings"], people: listed };
}

function wordOf(values: Readonly<Record<string, string>>, given: string): string {
  return Object.entries(values).find(([, wa]) => wa === given)?.[0] ?? given;
}
