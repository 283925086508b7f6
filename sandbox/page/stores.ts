/** The collections under the short names that wppconnect's `Store` uses. */
import { ChatCollection } from "./chats.ts";
import { ContactCollection } from "./contacts.ts";
import { MuteCollection } from "./mute.ts";
import { define } from "./loader.ts";
import { MsgCollection } from "./message-models.ts";
import { PresenceCollection } from "./presence.ts";

const collections = {
  Chat: ChatCollection,
  Contact: ContactCollection,
  Msg: MsgCollection,
  Mute: MuteCollection,
  Presence: PresenceCollection,
};

define("WAWebCollections", { ...collections, default: collections });
