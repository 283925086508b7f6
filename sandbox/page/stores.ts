/** The collections under the short names that wppconnect's `Store` uses. */
import { BlocklistCollection } from "./blocklist.ts";
import { BusinessProfileCollection } from "./business/profiles.ts";
import { LabelCollection } from "./business/labels.ts";
import { ChatCollection, NewsletterCollection } from "./chats.ts";
import { ContactCollection } from "./contacts.ts";
import { GroupMetadataCollection } from "./group-models.ts";
import { MuteCollection } from "./mute.ts";
import { define } from "./loader.ts";
import { MsgCollection } from "./message-models.ts";
import { PresenceCollection } from "./presence.ts";
import { ProfilePicThumbCollection } from "./profiles.ts";

/** The same under the names of later versions, which other libraries use. */
const later = {
  Blocklist: BlocklistCollection,
  BusinessProfile: BusinessProfileCollection,
  GroupMetadata: GroupMetadataCollection,
  WAWebGroupMetadataCollection: GroupMetadataCollection,
  Label: LabelCollection,
  ProfilePicThumb: ProfilePicThumbCollection,
  WAWebNewsletterCollection: NewsletterCollection,
};

const collections = {
  Chat: ChatCollection,
  Contact: ContactCollection,
  Msg: MsgCollection,
  Mute: MuteCollection,
  Presence: PresenceCollection,
  ...later,
};

define("WAWebCollections", { ...collections, default: collections });
