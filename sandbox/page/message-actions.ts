/** A user's actions on a message: edit, revoke, delete locally, star. */
import type { ChatModel } from "./chats.ts";
import { addCommands } from "./command.ts";
import { define } from "./loader.ts";
import type { MsgKey } from "./message-key.ts";
import { MsgCollection, type MsgModel } from "./message-models.ts";
import { wireId } from "./outgoing.ts";
import { amendMessage, commit } from "./storage.ts";
import { targetFields } from "./targets.ts";
import { ask } from "./wire.ts";

const EDIT_WINDOW_SECONDS = 15 * 60;

interface EditMessage {
  id: MsgKey;
  body: string;
}

async function addAndSendMessageEdit(msg: MsgModel, edit: EditMessage): Promise<void> {
  const { at } = await ask("send", { ...targetFields(msg), id: edit.id.id, type: "edit", text: edit.body });
  await amendMessage(msg.id.toString(), (record) => ({
    ...record,
    editKey: edit.id.toString(),
    editedAt: at,
    wire: { ...record.wire, text: edit.body },
  }));
  msg.set({ body: edit.body, latestEditSenderTimestampMs: at, latestEditMsgKey: edit.id });
}

function canEditText(msg: MsgModel): boolean {
  return msg.isSentByMe && msg.type === "chat" && msg.ack >= 1 && Date.now() / 1000 - msg.t < EDIT_WINDOW_SECONDS;
}

define("WAWebSendMessageEditAction", { addAndSendMessageEdit });
define("WAWebMsgActionCapability", { canEditText, canReplyMsg: (msg: MsgModel) => msg.type !== "revoked" });
define("WAWebMsgActionCaption", {
  canEditCaption: (msg: MsgModel) => msg.isSentByMe && msg.isMedia && Date.now() / 1000 - msg.t < EDIT_WINDOW_SECONDS,
});

interface Selection {
  list: MsgModel[];
}

async function sendRevokeMsgs(_chat: ChatModel, { list }: Selection): Promise<void> {
  for (const msg of list) {
    await ask("send", { ...targetFields(msg), type: "revoke" });
    await amendMessage(msg.id.toString(), (record) => ({ ...record, revoked: true }));
    msg.set({ type: "revoked", body: undefined });
  }
}

async function sendDeleteMsgs(chat: ChatModel, { list }: Selection): Promise<void> {
  await commit({ deleted: list.map((msg) => msg.id.toString()) });
  for (const msg of list) {
    chat.msgs.remove(msg.id);
    MsgCollection.remove(msg.id);
  }
}

/** wa-js waits for the chat's `promises.sendStarMsgs`. */
function star(starred: boolean) {
  return (chat: ChatModel, list: MsgModel[]): void => {
    chat.promises["sendStarMsgs"] = (async () => {
      for (const msg of list) {
        await ask("star", { from: wireId(msg.sender), id: msg.id.id, starred });
        await amendMessage(msg.id.toString(), (record) => ({ ...record, starred }));
        msg.set({ star: starred });
      }
    })();
  };
}

addCommands({ sendRevokeMsgs, sendDeleteMsgs, sendStarMsgs: star(true), sendUnstarMsgs: star(false) });
define("WAWebMsgType", {
  MSG_TYPE: {
    AUDIO: "audio",
    CALL_LOG: "call_log",
    CHAT: "chat",
    DOCUMENT: "document",
    EVENT_CREATION: "event_creation",
    GROUPS_V4_INVITE: "groups_v4_invite",
    IMAGE: "image",
    INTERACTIVE: "interactive",
    LIST: "list",
    LOCATION: "location",
    MULTI_VCARD: "multi_vcard",
    ORDER: "order",
    POLL_CREATION: "poll_creation",
    PRODUCT: "product",
    PTT: "ptt",
    REVOKED: "revoked",
    STICKER: "sticker",
    VCARD: "vcard",
    VIDEO: "video",
  },
  SYSTEM_MESSAGE_TYPES: [],
});
