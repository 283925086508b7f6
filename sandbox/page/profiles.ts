/** A person's profile (about text and picture), and the list of blocked contacts. */
import { ContactCollection } from "./contacts.ts";
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
  BlocklistCollection.reset();
  for (const id of await ask("blocklist", {})) BlocklistCollection.add(new BlocklistModel({ id: createWid(id) }));
  BlocklistCollection.trigger("sort");
}

async function setBlocked(contact: ContactModel, blocked: boolean): Promise<void> {
  await ask("block", { id: contact.id.toString(), blocked });
  if (blocked) BlocklistCollection.add(new BlocklistModel({ id: contact.id }));
  else BlocklistCollection.remove(contact.id);
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
