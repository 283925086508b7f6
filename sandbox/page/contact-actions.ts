/** A user's actions on contacts: save, remove, report, and look up. */
import { ChatCollection, type ChatModel } from "./chats.ts";
import { noteLid, pageId } from "./addressing.ts";
import { applyContact, ContactCollection, noteContact, type ContactModel } from "./contacts.ts";
import { GroupMetadataCollection, type GroupMetadataModel } from "./group-models.ts";
import { define } from "./loader.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

interface SavedContact {
  phoneNumber: string | null;
  lid: string | null;
  firstName: string;
  lastName: string;
}

/** Shows the contact as it is in the address book now. */
async function reload(id: string): Promise<void> {
  const entry = (await ask("contacts", {})).find((candidate) => candidate.id === pageId(id));
  if (entry !== undefined) applyContact(entry);
}

async function saveContactAction({ phoneNumber, lid, firstName, lastName }: SavedContact): Promise<void> {
  const id = phoneNumber === null ? `${lid}@lid` : `${phoneNumber}@c.us`;
  await ask("saveContact", { id, name: `${firstName} ${lastName}`.trim() });
  await reload(id);
}

async function deleteContactAction({ phoneNumber, lid }: { phoneNumber?: Wid; lid?: string }): Promise<void> {
  const id = phoneNumber?.toString() ?? lid ?? "";
  await ask("removeContact", { id });
  await reload(id);
}

async function reportSpam(chat: ChatModel): Promise<object> {
  const { reportId } = await ask("reportSpam", { id: chat.id.toString() });
  return { name: "ReportSuccess", reportIdMixin: { reportId } };
}

/** The groups in which the account and the contact are. */
function findCommonGroups(contact: ContactModel): Promise<{ getModelsArray: () => GroupMetadataModel[] }> {
  const common = GroupMetadataCollection.filter(
    ({ id, participants }) => participants.get(contact.id) !== undefined && ChatCollection.get(id) !== undefined,
  );
  return Promise.resolve({ getModelsArray: () => common });
}

async function queryUsernameExists(username: string): Promise<object | null> {
  const found = await ask("findUsername", { username });
  if (found === null) return null;
  noteLid(found.id, found.lid);
  noteContact(found.id).set({ username });
  return { wid: createWid(found.id), biz: false, username, wasUpdated: true, isUsernameSearch: true };
}

async function queryWidUsernameExists(wid: Wid): Promise<object> {
  const { username } = await ask("profile", { id: wid.toString() });
  const before = ContactCollection.get(wid)?.username;
  return {
    username: username ?? undefined,
    usernameChanged: before !== undefined && before !== username,
    wasPreviouslyKnown: before !== undefined,
    isPhoneNumberKnown: true,
    oldUsername: before,
  };
}

define("WAWebSaveContactAction", { saveContactAction });
define("WAWebDeleteContactAction", { deleteContactAction });
define("WAWebReportSpamJob", { reportSpam });
define("WAWebFindCommonGroupsContactAction", { findCommonGroups });
define("WAWebQueryUsernameExistsJob", { queryUsernameExists, queryWidUsernameExists });
define("WAWebContactUtils", { canSaveAsMyContact: (contact: ContactModel) => contact.id.isUser() });
