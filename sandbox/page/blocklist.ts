/** The list of blocked contacts, and changes of contacts that were made elsewhere. */
import type { LiveEvent } from "../../contracts/sandbox-wire.ts";
import { applyContact, ContactCollection } from "./contacts.ts";
import type { ContactModel } from "./contacts.ts";
import { define } from "./loader.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

class BlocklistModel extends modelOf<{ id: Wid }>("blocklist") {}
export const BlocklistCollection = new Collection(BlocklistModel);

/** Loads the list of blocked contacts. */
export async function loadBlocklist(): Promise<void> {
  const blocked = new Set(await ask("blocklist", {}));
  for (const { id } of BlocklistCollection.getModelsArray())
    if (!blocked.has(id.toString())) BlocklistCollection.remove(id);
  for (const id of blocked) BlocklistCollection.add(new BlocklistModel({ id: createWid(id) }));
  BlocklistCollection.trigger("sort");
}

async function setBlocked(contact: ContactModel, blocked: boolean): Promise<void> {
  await ask("block", { id: contact.id.toString(), blocked });
  showBlocked(contact.id, blocked);
}

function showBlocked(id: Wid, blocked: boolean): void {
  if (blocked) BlocklistCollection.add(new BlocklistModel({ id }));
  else BlocklistCollection.remove(id);
}

/** Applies a change of a contact that was made on another device or on the phone. */
export function receiveContact({ contact, blocked }: Extract<LiveEvent, { type: "contact" }>): void {
  applyContact(contact);
  showBlocked(createWid(contact.id), blocked);
}

define("WAWebBlocklistCollection", { BlocklistCollection });
define("WAWebBlockContactAction", {
  blockContact: ({ contact }: { contact: ContactModel }) => setBlocked(contact, true),
  unblockContact: (contact: ContactModel) => setBlocked(ContactCollection.get(contact.id) ?? contact, false),
});
