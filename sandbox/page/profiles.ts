/** What people and groups show: about texts and pictures, and changing the account's own. */
import { define } from "./loader.ts";
import { isMe, me, setMe } from "./me.ts";
import { Collection, modelOf } from "./model.ts";
import { createWid, type Wid } from "./wid.ts";
import { ask } from "./wire.ts";

class TextStatusModel extends modelOf<{ id: Wid; status: string | null }>("textStatus") {}

/** About texts are asked for each time, as they can be hidden and shown again. */
class TextStatusCollectionImpl extends Collection<TextStatusModel> {
  async find(id: Wid | string): Promise<TextStatusModel> {
    const { about } = await ask("profile", { id: String(id) });
    const model = this.get(id) ?? new TextStatusModel({ id: createWid(id) });
    model.set({ status: about });
    return this.add(model)[0]!;
  }
}
const TextStatusCollection = new TextStatusCollectionImpl(TextStatusModel);

interface PictureAttributes {
  id: Wid;
  eurl: string | undefined;
  img: string | undefined;
  imgFull: string | undefined;
  tag: string | undefined;
}
class ProfilePicThumbModel extends modelOf<PictureAttributes>("profilePicThumb") {}

class ProfilePicThumbCollectionImpl extends Collection<ProfilePicThumbModel> {
  async find(id: Wid | string): Promise<ProfilePicThumbModel> {
    const { picture } = await ask("profile", { id: String(id) });
    return showPicture(createWid(id), picture ?? undefined);
  }
}
export const ProfilePicThumbCollection = new ProfilePicThumbCollectionImpl(ProfilePicThumbModel);

function showPicture(id: Wid, url: string | undefined): ProfilePicThumbModel {
  const model = ProfilePicThumbCollection.get(id) ?? new ProfilePicThumbModel({ id });
  model.set({ eurl: url, img: url, imgFull: url, tag: url === undefined ? undefined : tagOf(url) });
  return ProfilePicThumbCollection.add(model)[0]!;
}

/** The version of a picture, by which the real client notices a new one. */
function tagOf(url: string): string {
  return String(url.length);
}

/** Shows a profile that was changed elsewhere, where it has been loaded; of the account itself also the name. */
export async function receiveProfile(id: string): Promise<void> {
  if (!isMe(id) && ProfilePicThumbCollection.get(id) === undefined && TextStatusCollection.get(id) === undefined)
    return;
  const { name, about, picture } = await ask("profile", { id });
  TextStatusCollection.get(id)?.set({ status: about });
  showPicture(createWid(id), picture ?? undefined);
  if (isMe(id)) setMe({ ...me(), name });
}

async function setPushname(name: string): Promise<void> {
  await ask("setProfile", { name });
  setMe({ ...me(), name });
}

async function setMyStatus(about: string): Promise<{ status: number }> {
  await ask("setProfile", { about });
  return { status: 200 };
}

/** The pictures are data URLs; the small one is made of the large one elsewhere. */
async function sendSetPicture(id: Wid, _small: string, picture: string): Promise<object> {
  await ask("setPicture", { id: id.toString(), picture });
  showPicture(id, picture);
  return { status: 200, eurl: picture, tag: tagOf(picture), token: "", _duplicate: false };
}

async function requestDeletePicture(id: Wid): Promise<{ status: number }> {
  await ask("setPicture", { id: id.toString(), picture: null });
  showPicture(id, undefined);
  return { status: 200 };
}

define("WAWebTextStatusCollection", { TextStatusCollectionImpl, TextStatusCollection });
define("WAWebProfilePicThumbCollection", { ProfilePicThumbCollectionImpl, ProfilePicThumbCollection });
define("WAWebProfilePicThumbModel", { default: ProfilePicThumbModel });
define("WAWebSetPushnameConnAction", { setPushname });
define("WAWebContactStatusBridge", {
  getStatus: async (id: Wid) => ({ id, status: (await TextStatusCollection.find(id)).status }),
  setMyStatus,
  queryStatusAll: () => Promise.resolve([]),
});
define("WAWebContactProfilePicThumbBridge", { sendSetPicture, requestDeletePicture });
