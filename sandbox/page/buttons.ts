/** Buttons of messages, links of planned calls, and answers to buttons. */
import type { ChatModel } from "./chats.ts";
import { define } from "./loader.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { Collection, modelOf } from "./model.ts";
import { sendMessage, type SendResult } from "./outgoing.ts";
import { createWid } from "./wid.ts";

interface ButtonAttributes {
  id: string;
  displayText: string;
  subtype: "url" | "call" | "quick_reply";
}
class TemplateButtonModel extends modelOf<ButtonAttributes>("templateButton") {}

class TemplateButtonCollectionImpl extends Collection<TemplateButtonModel> {
  constructor() {
    super(TemplateButtonModel);
  }
}

interface TextOptions {
  quotedMsg?: MsgModel;
  selectedIndex?: number;
  selectedId?: string;
}

/** Sends a text, in answer to a message or to one of its buttons. */
async function sendTextMsgToChat(
  chat: ChatModel,
  body: string,
  { quotedMsg, ...selected }: TextOptions = {},
): Promise<SendResult> {
  const quoted =
    quotedMsg === undefined ? {} : { quotedStanzaID: quotedMsg.id.id, quotedParticipant: createWid(quotedMsg.sender) };
  const [, result] = sendMessage(chat, { id: MsgKey.own(chat.id), type: "chat", body, ...quoted, ...selected });
  return result;
}

define("WAWebTemplateButtonCollection", {
  TemplateButtonCollectionImpl,
  TemplateButtonCollection: TemplateButtonCollectionImpl,
});
define("WAWebTemplateButtonModel", { default: TemplateButtonModel });
define("WAWebGenerateEventCallLink", {
  createEventCallLink: (_startTime: number, callType: string) =>
    Promise.resolve(`https://call.whatsapp.com/${callType}/${MsgKey.newId()}`),
});
define("WAWebSendTextMsgChatAction", { sendTextMsgToChat });
