/** Contacts, their phone numbers and LIDs (privacy ids), and whether a number is on WhatsApp. */
import type { WireContactEntry } from "../../contracts/sandbox-wire.ts";
import { getPhoneNumber, noteLid, pageId } from "./addressing.ts";
import { define } from "./loader.ts";
import { isMe, me } from "./me.ts";
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
  username: string | undefined;
}

/** As in the real client, names and kinds come from functions, which wa-js adds to the model as getters. */
export class ContactModel extends modelOf<ContactAttributes>("contact") {
  /** The number of a contact that is known by its LID. */
  get phoneNumber(): Wid | undefined {
    return this.id.isLid() ? getPhoneNumber(this.id) : undefined;
  }
}

/** The name of a contact on the screen. */
export function displayName({ name, pushname, id }: ContactModel): string {
  return name ?? pushname ?? `+${(getPhoneNumber(id) ?? id).user}`;
}

class ContactCollectionImpl extends Collection<ContactModel> {
  /** The real client's proof that the address book has been loaded; wppconnect takes it for the login. */
  checksum: string | undefined;

  /** The account itself has one contact, whichever of its ids is given. */
  override get(id: unknown): ContactModel | undefined {
    return super.get(id) ?? (isMe(id) ? super.get(me().id) : undefined);
  }
  gadd(id: Wid): ContactModel {
    return noteContact(pageId(id.toString()));
  }
  find(id: Wid | string): Promise<ContactModel> {
    return Promise.resolve(noteContact(pageId(String(id))));
  }
}

export const ContactCollection = new ContactCollectionImpl(ContactModel);

/** Returns the contact with this id, with what is known about it now; creates it if needed. */
export function noteContact(given: string, names: { pushname?: string | undefined } = {}): ContactModel {
  const id = isMe(given) ? me().id : given;
  const contact =
    ContactCollection.get(id) ??
    ContactCollection.add(new ContactModel({ id: createWid(id), type: "out", isBusiness: false }))[0]!;
  if (names.pushname !== undefined) contact.set({ pushname: names.pushname });
  return contact;
}

/** Getters that are false for every contact of the sandbox. */
const ALWAYS_FALSE = [
  "getIsEnterprise",
  "getIsNewsletter",
  "getIsPSA",
  "getIsIAS",
  "getIsSupportAccount",
  "getCanRequestPhoneNumber",
  "getShowBusinessCheckmarkAsPrimary",
  "getShowBusinessCheckmarkAsSecondary",
  "getShowBusinessCheckmarkInChatlist",
  "getIsDisplayNameApproved",
  "getShouldForceBusinessUpdate",
];

/** Loads the account's address book. */
export async function loadContacts(): Promise<void> {
  for (const entry of await ask("contacts", {})) applyContact(entry);
  ContactCollection.checksum = "sandbox";
}

/** Shows what the server knows about a person. */
export function applyContact({ id, lid, name, pushName, business }: WireContactEntry): void {
  noteLid(id, lid);
  noteContact(id).set({
    name: name ?? undefined,
    shortName: name?.split(" ")[0],
    pushname: pushName ?? undefined,
    type: name === null ? "out" : "in",
    isBusiness: business,
  });
}

interface Existing {
  wid: Wid;
  biz: boolean;
}

/** Queries the server; null when the number is not on WhatsApp. Rejects when there is no answer. */
export async function queryWidExists(wid: Wid): Promise<Existing | null> {
  const [answer] = await ask("checkNumbers", { ids: [wid.toString()] });
  if (answer === undefined || !answer.exists) return null;
  noteLid(answer.id, answer.lid);
  // A number is answered with WhatsApp's form of it, also in an account that names people by their LIDs.
  return { wid: createWid(answer.id), biz: answer.business };
}

define("WAWebContactModel", { default: ContactModel });
define("WAWebContactCollection", { ContactCollectionImpl, ContactCollection });
define("WAWebQueryExistsJob", { queryWidExists, queryPhoneExists: queryWidExists });
define("WAWebContactGetters", {
  getNotifyName: (contact: ContactModel) => contact.pushname,
  getName: (contact: ContactModel) => contact.name,
  getShortName: (contact: ContactModel) => contact.shortName,
  getPushname: (contact: ContactModel) => contact.pushname,
  getVerifiedName: () => undefined,
  getVerifiedLevel: () => undefined,
  getStatusMute: () => false,
  getUserid: (contact: ContactModel) => contact.id.user,
  getUserhash: (contact: ContactModel) => contact.id.user,
  getIsMe: (contact: ContactModel) => isMe(contact.id),
  getIsUser: (contact: ContactModel) => contact.id.isUser(),
  getIsGroup: (contact: ContactModel) => contact.id.isGroup(),
  getIsBroadcast: (contact: ContactModel) => contact.id.isBroadcast(),
  getIsWAContact: () => true,
  ...Object.fromEntries(ALWAYS_FALSE.map((name) => [name, () => false])),
});
define("WAWebFrontendContactGetters", {
  getIsMyContact: (contact: ContactModel) => contact.name !== undefined,
  getMentionName: displayName,
  getSearchVerifiedName: () => undefined,
  getHeader: () => undefined,
});
define("WAWebContactDisplayName", {
  getPhoneNumber,
  getTextStatusString: () => undefined,
  getPnForLid: (contact: ContactModel) => getPhoneNumber(contact.id),
  getDisplayName: displayName,
  getUserDisplayNameForLid: displayName,
  getFormattedPhone: (contact: ContactModel) => `+${contact.id.user}`,
  getFormattedShortNameWithNonBreakingSpaces: displayName,
  getFormattedShortName: displayName,
  getFormattedName: displayName,
  getFormattedUser: displayName,
  getSearchName: displayName,
});
