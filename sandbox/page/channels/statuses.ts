/** Statuses: those of the account, and those of others, each person's together. */
import type { WireMessage } from "../../../contracts/sandbox-wire.ts";
import type { Effect } from "../effects.ts";
import { noteContact, type ContactModel } from "../contacts.ts";
import { define } from "../loader.ts";
import { isMe, me } from "../me.ts";
import { cacheMessage, loadMessage } from "../message-cache.ts";
import type { MsgKey } from "../message-key.ts";
import { attributesOf, keyOf, MsgCollection, MsgModel, type MsgAttributes } from "../message-models.ts";
import { Collection, modelOf } from "../model.ts";
import { readMessage, type MessageRecord } from "../storage.ts";
import { commit } from "../storage.ts";
import { storedForm } from "../stored-form.ts";
import { targetOf } from "../targets.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

export const STATUS_CHAT = "status@broadcast";

interface StatusAttributes {
  /** The person's. */
  id: Wid;
  /** Unix seconds of the last one. */
  t: number;
  unreadCount: number;
  totalCount: number;
  lastReceivedKey: MsgKey;
}

/** The statuses of one person. */
export class StatusV3Model extends modelOf<StatusAttributes>("statusV3") {
  readonly msgs = new Collection(MsgModel);

  get contact(): ContactModel {
    return noteContact(this.id.toString());
  }
  get hasUnread(): boolean {
    return this.unreadCount > 0;
  }
  get readCount(): number {
    return this.totalCount - this.unreadCount;
  }
  get lastStatus(): MsgModel | undefined {
    return this.msgs.getModelsArray().at(-1);
  }

  /** Views a status: its author sees it. */
  async sendReadStatus(msg: MsgModel | undefined): Promise<void> {
    if (msg === undefined) throw new Error("there is no such status");
    await ask("viewStatus", { from: this.id.toString(), id: msg.id.id });
    this.set({ unreadCount: Math.max(0, this.unreadCount - 1) });
  }

  /** Shows a status in the list. */
  addStatus(msg: MsgModel, isUnread: boolean): void {
    if (this.msgs.get(msg.id) !== undefined) return;
    this.msgs.add(msg, { silent: true });
    this.set({
      t: msg.t,
      totalCount: this.msgs.length,
      unreadCount: this.unreadCount + (isUnread ? 1 : 0),
      lastReceivedKey: msg.id,
    });
  }

  removeMsg(key: MsgKey): void {
    this.msgs.remove(key);
    this.set({ totalCount: this.msgs.length });
  }
}

class StatusV3CollectionImpl extends Collection<StatusV3Model> {
  getMyStatus(): StatusV3Model {
    return statusesOf(me().id);
  }
  find(id: Wid | string): Promise<StatusV3Model> {
    return Promise.resolve(statusesOf(String(id)));
  }
  /** wa-js calls these two after it has sent a status. */
  addStatusMessages(author: Wid, msgs: MsgModel[]): void {
    for (const msg of msgs) statusesOf(author.toString()).addStatus(msg, false);
  }
  handleUpdate(_status: Partial<MsgAttributes>): void {
    this.trigger("sync");
  }
}
const StatusV3Collection = new StatusV3CollectionImpl(StatusV3Model);

/** The statuses of a person; creates the list if needed. */
function statusesOf(id: string): StatusV3Model {
  return (
    StatusV3Collection.get(id) ??
    StatusV3Collection.add(new StatusV3Model({ id: createWid(id), t: 0, unreadCount: 0, totalCount: 0 }))[0]!
  );
}

/** Shows a status of the account itself, once it is in the store. */
export function showOwnStatus(msg: MsgModel): void {
  statusesOf(me().id).addStatus(msg, false);
}

/** Loads the statuses of the last day. */
export async function loadStatuses(): Promise<void> {
  for (const wire of await ask("statuses", {})) {
    const { record, media } = await storedForm(wire);
    if ((await readMessage(record.key)) === undefined) await commit({ messages: [record], media });
    statusesOf(wire.from).addStatus(cacheMessage(record), !record.fromMe);
  }
  StatusV3Collection.trigger("sync");
}

/** wa-js wraps this function, in the module's object, to leave out statuses of others if it is told to. */
const singleMessages = define("WAWebHandleSingleMsg", {
  handleSingleMsg: (_chat: Wid, attributes: Partial<MsgAttributes>): Promise<void> => {
    const model = new MsgModel({ ...attributes, isNewMsg: true });
    MsgCollection.add(model);
    statusesOf(String(model.author)).addStatus(model, !model.isSentByMe);
    return Promise.resolve();
  },
});

/** A status was posted, or removed. */
export async function statusEffect(wire: WireMessage): Promise<Effect> {
  if (wire.targetId !== undefined) return changeEffect(wire);
  if ((await readMessage(keyOf(wire).toString())) !== undefined) return {};
  const { record, media } = await storedForm(wire);
  return { changes: { messages: [record], media }, show: () => show(record) };
}

async function show(record: MessageRecord): Promise<void> {
  noteContact(record.wire.from, { pushname: record.wire.pushName });
  await singleMessages.handleSingleMsg(createWid(STATUS_CHAT), attributesOf(record));
}

/** Reactions to statuses are not shown. */
async function changeEffect(wire: WireMessage): Promise<Effect> {
  const target = await targetOf(STATUS_CHAT, wire);
  if (target === undefined || wire.type !== "revoke") return {};
  const show = async (): Promise<void> => {
    const model = await loadMessage(target.key);
    if (model === undefined) return;
    model.set({ type: "revoked", body: undefined });
    statusesOf(isMe(wire.from) ? me().id : wire.from).removeMsg(model.id);
  };
  return { changes: { amendments: [{ key: target.key, amend: (record) => ({ ...record, revoked: true }) }] }, show };
}

define("WAWebStatusCollection", { StatusV3CollectionImpl, StatusV3Collection });
define("WAWebStatusModel", { default: StatusV3Model });
