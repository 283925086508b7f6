/** Messages in channels: sending them as the owner, and receiving them as a follower. */
import type { WireMessage } from "../../../contracts/sandbox-wire.ts";
import type { Effect } from "../effects.ts";
import { define } from "../loader.ts";
import { attributesOf, keyOf, MsgCollection, MsgModel, type MsgAttributes } from "../message-models.ts";
import { wireContent, type RawMessage } from "../message-content.ts";
import { amendMessage, commit, readMessage, type MessageRecord } from "../storage.ts";
import { me } from "../me.ts";
import { storedForm } from "../stored-form.ts";
import { ask } from "../wire.ts";
import { channelOf } from "./channels.ts";

/** A message has come in a channel. */
export async function channelMessageEffect(wire: WireMessage): Promise<Effect> {
  if (wire.targetId !== undefined || (await readMessage(keyOf(wire).toString())) !== undefined) return {};
  const { record, media } = await storedForm(wire);
  return { changes: { messages: [record], media }, show: () => show(record) };
}

function show(record: MessageRecord): void {
  const model = new MsgModel({ ...attributesOf(record), isNewMsg: true });
  const channel = channelOf(record.chat);
  channel.set({ t: model.t, lastReceivedKey: model.id, unreadCount: channel.unreadCount + (record.fromMe ? 0 : 1) });
  channel.msgs.add(model);
  MsgCollection.add(model);
}

interface Sending {
  msgData: RawMessage & Partial<MsgAttributes>;
  newsletterJid: string;
}

/** wa-js shows the message itself. */
async function sendNewsletterMessage({ msgData, newsletterJid }: Sending): Promise<object> {
  const id = msgData.id!.id;
  const content = wireContent(msgData);
  const { at } = await ask("send", { ...content, id, to: newsletterJid });
  const { record } = await storedForm({ ...content, id, to: newsletterJid, from: me().id, at });
  await commit({ messages: [{ ...record, ack: 1 }] });
  return { success: true, ack: { t: Math.floor(at / 1000) }, serverId: Math.floor(at / 1000) };
}

define("WAWebNewsletterSendMessageJob", { sendNewsletterMessage });
define("WAWebMsgDataFromModel", { msgDataFromMsgModel: (msg: MsgModel) => Promise.resolve({ ...msg.attributes }) });
define("WAWebNewsletterMsgRecords", {
  addNewsletterMsgsRecords: (_records: object[]) => Promise.resolve(),
  updateNewsletterMsgRecord: (msg: MsgModel) =>
    amendMessage(msg.id.toString(), (record) => ({ ...record, ack: Math.max(record.ack, msg.ack) })),
});
