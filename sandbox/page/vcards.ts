/** vCards of contacts. */
import { displayName, type ContactModel } from "./contacts.ts";
import { define } from "./loader.ts";

function vcardFromContactModel(contact: ContactModel): { vcard: string; displayName: string } {
  const { user } = contact.id;
  const name = "displayName" in contact ? String(contact.displayName) : displayName(contact);
  const vcard = `BEGIN:VCARD\nVERSION:3.0\nN:;${name};;;\nFN:${name}\nTEL;type=CELL;waid=${user}:+${user}\nEND:VCARD`;
  return { vcard, displayName: name };
}

define("WAWebVcardFromContactModel", { vcardFromContactModel });
