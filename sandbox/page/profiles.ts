/** A person's profile (about text and picture), and the list of blocked contacts. */
import type { LiveEvent } from "../../contracts/sandbox-wire.ts";
import { ContactCollection, noteContact, noteLid } from "./contacts.ts";
import type { ContactModel } from "./contacts.ts";
import { define } from "./loader.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

class TextStatusModel extends modelOf<{ id: Wid; status: string | null }>("textStatus") {}

class TextStatusCollectionImpl extends Collection<TextStatusModel> {
  async find(id: Wid | string): Promise<TextStatusModel> {
    const { about } = await ask("profile", { id: String(id) });
    return new TextStatusModel({ id: createWid(id), status: about });
  }
}

interface PictureAttributes {
  id: Wid;
  eurl: string | undefined;
  img: string | undefined;
  imgFull: string | undefined;
}
class ProfilePicThumbModel extends modelOf<PictureAttributes>("profilePicThumb") {}

class ProfilePicThumbCollectionImpl extends Collection<ProfilePicThumbModel> {
  async find(id: Wid | string): Promise<ProfilePicThumbModel> {
    const { picture } = await ask("profile", { id: String(id) });
    const url = picture ?? undefined;
    return new ProfilePicThumbModel({ id: createWid(id), eurl: url, img: url, imgFull: url });
  }
}

class BlocklistModel extends modelOf<{ id: Wid }>("blocklist") {}
const BlocklistCollection = new Collection(BlocklistModel);

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
  const { id, lid, name } = contact;
  noteLid(id, lid);
  noteContact(id).set({ name: name ?? undefined, shortName: name ?? undefined, pushname: name ?? undefined });
  showBlocked(createWid(id), blocked);
}

define("WAWebTextStatusCollection", {
  TextStatusCollectionImpl,
  TextStatusCollection: new TextStatusCollectionImpl(TextStatusModel),
});
define("WAWebProfilePicThumbCollection", {
  ProfilePicThumbCollectionImpl,
  ProfilePicThumbCollection: new ProfilePicThumbCollectionImpl(ProfilePicThumbModel),
});
define("WAWebBlocklistCollection", { BlocklistCollection });
define("WAWebBlockContactAction", {
  blockContact: ({ contact }: { contact: ContactModel }) => setBlocked(contact, true),
  unblockContact: (contact: ContactModel) => setBlocked(ContactCollection.get(contact.id) ?? contact, false),
});

class StatusCollectionImpl extends Collection<TextStatusModel> {}
define("WAWebStatusCollection", {
  StatusV3CollectionImpl: StatusCollectionImpl,
  StatusV3Collection: new StatusCollectionImpl(TextStatusModel),
});
