/** Forwarding. As in the real client, these modules are loaded only when a component needs them. */
import type { ChatModel } from "./chats.ts";
import { define } from "./loader.ts";
import { MsgKey } from "./message-key.ts";
import type { MsgModel } from "./message-models.ts";
import { sendMessage, type Outgoing } from "./outgoing.ts";
import { readMessage } from "./storage.ts";

interface Forwarding {
  chat: ChatModel;
  msgs: MsgModel[];
  includeCaption?: boolean;
}

/** Sends copies of the messages to the chat. Captions are left out unless they are asked for. */
async function forwardMessages({ chat, msgs, includeCaption }: Forwarding): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const msg of msgs) {
    const [sent, result] = sendMessage(chat, await copyOf(chat, msg, includeCaption === true));
    await sent;
    results.push(await result);
  }
  return results;
}

/** What a message consists of, without its place in its chat. */
async function copyOf(chat: ChatModel, msg: MsgModel, includeCaption: boolean): Promise<Outgoing> {
  await msg.downloadMedia();
  const record = await readMessage(msg.id.toString());
  const {
    quotedMsg: _quoted,
    quotedStanzaID: _quotedId,
    quotedParticipant: _quotedFrom,
    mentionedJidList: _mentions,
    mediaData,
    ...attributes
  } = msg.attributes as unknown as Outgoing & Record<string, unknown>;
  return {
    ...attributes,
    ...(msg.isMedia && !includeCaption ? { caption: undefined } : {}),
    ...(record?.filehash === undefined ? {} : { filehash: record.filehash }),
    ...(mediaData === undefined ? {} : { mediaData }),
    id: MsgKey.own(chat.id),
    to: chat.id,
    isForwarded: true,
  } as Outgoing;
}

define("WAWebChatForwardMessage", { forwardMessages });
define("WAWebForwardMessagesToChat", {
  forwardMessagesToChats: async (msgs: MsgModel[], chats: ChatModel[], includeCaption?: boolean): Promise<boolean> => {
    for (const chat of chats) await forwardMessages({ chat, msgs, includeCaption: includeCaption !== false });
    return true;
  },
});
