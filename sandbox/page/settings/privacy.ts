/** The account's privacy settings, as the server has them for all its devices. */
import type { PrivacyCategory, WirePrivacy } from "../../../contracts/sandbox-wire-people.ts";
import { define } from "../loader.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

let current: WirePrivacy | undefined;

/** Applies settings from the server. */
export function receivePrivacy(privacy: WirePrivacy): void {
  current = privacy;
}

/** Loads the settings after the link. */
export async function loadPrivacy(): Promise<void> {
  receivePrivacy(await ask("privacy", {}));
}

/** The values, in the words that wa-js returns. */
export function privacyValues(): Partial<Record<PrivacyCategory, string>> {
  return { ...current?.values };
}

/** The names that the real client uses in requests. */
const CATEGORIES: Readonly<Record<string, PrivacyCategory>> = {
  status: "about",
  last: "lastSeen",
  online: "online",
  profile: "profilePicture",
  readreceipts: "readReceipts",
  groupadd: "groupAdd",
  calladd: "callAdd",
};

interface Change {
  name: string;
  value: string;
  users?: { wid: Wid; action: "add" | "remove" }[] | undefined;
}

/** `all` holds everyone who is excluded after the change. */
async function setPrivacyForOneCategory({ name, value }: Change, all?: Wid[]): Promise<void> {
  const category = CATEGORIES[name];
  if (category === undefined) throw new Error(`there is no privacy setting ${name}`);
  receivePrivacy(
    await ask("setPrivacy", { category, value, ...(all === undefined ? {} : { excluded: all.map(String) }) }),
  );
}

function disallowedList(name: string): Promise<{ disallowedList: string[]; dhash: string } | undefined> {
  const list = current?.excluded[CATEGORIES[name] ?? "about"];
  return Promise.resolve(list === undefined ? undefined : { disallowedList: list, dhash: String(list.length) });
}

const AUDIENCES = { contact: "contacts", "deny-list": "except", "allow-list": "only" } as const;
type Audience = keyof typeof AUDIENCES;

function statusSetting(): Audience {
  const audience = current?.status.audience ?? "contacts";
  return (Object.keys(AUDIENCES) as Audience[]).find((name) => AUDIENCES[name] === audience) ?? "contact";
}

async function setStatusPrivacyConfig({ setting, list }: { setting: Audience; list: Wid[] }): Promise<void> {
  receivePrivacy(await ask("setStatusPrivacy", { audience: AUDIENCES[setting], list: list.map(String) }));
}

const listOf = (audience: "except" | "only"): Promise<Wid[]> => {
  const isSet = current?.status.audience === audience;
  return Promise.resolve(isSet ? current!.status.list.map(createWid) : []);
};

define("WAWebSetPrivacyForOneCategoryAction", { setPrivacyForOneCategory });
define("WAWebSchemaPrivacyDisallowedList", { getPrivacyDisallowedListTable: () => ({ get: disallowedList }) });
define("WAWebUserPrefsStatus", {
  default: {
    getStatusAllowList: () => listOf("only"),
    getStatusDenyList: () => listOf("except"),
    getStatusContacts: () => Promise.resolve([]),
    getStatusList: () => Promise.resolve([]),
    getStatusPrivacySetting: () => Promise.resolve(statusSetting()),
    getStatusPrivacySettingConfig: () =>
      Promise.resolve({ setting: statusSetting(), list: current?.status.list.map(createWid) ?? [] }),
    setStatusPrivacyConfig,
  },
});
