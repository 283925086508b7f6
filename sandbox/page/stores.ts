/** The collections under the short names that wppconnect's `Store` uses. */
import { ChatCollection } from "./chats.ts";
import { define } from "./loader.ts";
import { MsgCollection } from "./message-models.ts";
import { PresenceCollection } from "./presence.ts";

define("WAWebCollections", { default: { Chat: ChatCollection, Msg: MsgCollection, Presence: PresenceCollection } });
