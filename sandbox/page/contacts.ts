/** Contacts, their phone numbers and privacy ids, and whether a number is on WhatsApp. */
import { define } from "./loader.ts";
import { isMe } from "./me.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface ContactAttributes {
  id: Wid;
  name: string | undefined;
  pushname: string | undefined;
  shortName: string | undefined;
  type: "in" | "out";
  isBusiness: boolean;
}

export class ContactModel extends modelOf<ContactAttributes>("contact") {
  get isMe(): boolean {
    return isMe(this.id);
  }
  get isUser(): boolean {
    return this.id.isUser();
  }
  get isMyContact(): boolean {
    return this.name !== undefined;
  }
  get isWAContact(): boolean {
    return true;
  }
  get displayName(): string {
    return this.name ?? this.pushname ?? `+${this.id.user}`;
  }
  get formattedName(): string {
    return this.displayName;
  }
  get formattedShortName(): string {
    return this.displayName;
  }
}

class ContactCollectionImpl extends Collection<ContactModel> {
  gadd(id: Wid): ContactModel {
    return noteContact(id.toString());
  }
  find(id: Wid | string): Promise<ContactModel> {
    return Promise.resolve(noteContact(String(id)));
  }
}

export const ContactCollection = new ContactCollectionImpl(ContactModel);

const lids = new Map<string, string>();
const phones = new Map<string, string>();

/** Remembers which privacy id belongs to which number. */
export function noteLid(id: string, lid: string | null): void {
  if (lid === null) return;
  lids.set(id, lid);
  phones.set(lid, id);
}

/** The contact of an id, made when it is not there, with what is newly known of its names. */
export function noteContact(id: string, names: { name?: string | null; pushname?: string | undefined } = {}): ContactModel {
  const contact = ContactCollection.get(id) ?? ContactCollection.add(new ContactModel({ id: createWid(id), type: "out", isBusiness: false }))[0]!;
  if (names.name) contact.set({ name: names.name, shortName: names.name, type: "in" });
  if (names.pushname !== undefined) contact.set({ pushname: names.pushname });
  return contact;
}

/** Loads the account's address book. */
export async function loadContacts(): Promise<void> {
  for (const { id, lid, name } of await ask("contacts", {})) {
    noteLid(id, lid);
    noteContact(id, { name });
  }
}

function getCurrentLid(wid: Wid): Wid | undefined {
  const lid = lids.get(wid.toString());
  return lid === undefined ? undefined : createWid(lid);
}

function getPhoneNumber(wid: Wid): Wid | undefined {
  const id = phones.get(wid.toString());
  return id === undefined ? undefined : createWid(id);
}

interface Existing {
  wid: Wid;
  biz: boolean;
}

/** Asks the server; null when the number is not on WhatsApp, a rejection when nobody answered. */
export async function queryWidExists(wid: Wid): Promise<Existing | null> {
  const [answer] = await ask("checkNumbers", { ids: [wid.toString()] });
  if (answer === undefined || !answer.exists) return null;
  noteLid(answer.id, answer.lid);
  return { wid: createWid(answer.id), biz: false };
}

define("WAWebContactModel", { default: ContactModel });
define("WAWebContactCollection", { ContactCollectionImpl, ContactCollection });
define("WAWebQueryExistsJob", { queryWidExists, queryPhoneExists: queryWidExists });
define("WAWebApiContact", {
  getCurrentLid,
  getPhoneNumber,
  getAlternateUserWid: (wid: Wid) => (wid.isLid() ? getPhoneNumber(wid) : getCurrentLid(wid)),
});
define("WAWebLidPnCache", { lidPnCache: { getCurrentLid, getPhoneNumber } });
define("WAWebLid1X1MigrationGating", { Lid1X1MigrationUtils: { isLidMigrated: () => false } });
define("WAWebFrontendContactGetters", { getIsMyContact: (contact: ContactModel) => contact.isMyContact });
