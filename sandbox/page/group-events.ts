/** The server's events about groups: they update the models and add the notices that the real client shows. */
import type { DurableEvent, WireGroup } from "../../contracts/sandbox-wire.ts";
import { chatOf } from "./chats.ts";
import { GroupMetadataCollection, applyGroup } from "./group-models.ts";
import { define } from "./loader.ts";
import { me } from "./me.ts";
import { MsgKey } from "./message-key.ts";
import { MsgCollection, MsgModel } from "./message-models.ts";
import { createWid, type Wid } from "./wid.ts";

interface ActionOrigin {
  chatId: Wid;
  author: Wid | undefined;
  pushname: string | undefined;
}
interface Action {
  actionType: string;
  participants: { id: Wid }[];
}

/** wa-js wraps this function, in the module's object, to see who joins and leaves. */
const actionModule = define("WAWebDBGroupsGroupAction", {
  updateDBForGroupAction: (_origin: ActionOrigin, _action: Action): Promise<void> => Promise.resolve(),
});

/** Adds a notice to the chat, like the gray lines of the real client. */
function addNotice(
  groupId: string,
  subtype: string,
  body: string | undefined,
  recipients: string[],
  author: string | null,
): void {
  const remote = createWid(groupId);
  const participant = author === null ? null : createWid(author);
  const model = new MsgModel({
    id: new MsgKey({ fromMe: false, remote, id: MsgKey.newId(), participant }),
    type: "gp2",
    subtype,
    body,
    recipients: recipients.map(createWid),
    from: remote,
    to: createWid(me().id),
    author: participant ?? undefined,
    t: Math.floor(Date.now() / 1000),
    ack: 0,
    isNewMsg: true,
  });
  chatOf(groupId).msgs.add(model);
  MsgCollection.add(model);
}

/** Applies a group that is new or has changed. */
export function receiveGroup(change: "created" | "updated", group: WireGroup): void {
  const before = GroupMetadataCollection.get(group.id)?.toJSON();
  const model = applyGroup(group);
  const chat = chatOf(group.id);
  chat.set({ name: group.name });
  if (change === "created" || before === undefined) {
    addNotice(group.id, "create", group.name, [], group.owner);
    return;
  }
  if (before["subject"] !== model.subject) addNotice(group.id, "subject", model.subject, [], null);
  if (before["desc"] !== model.desc) addNotice(group.id, "description", model.desc, [], null);
  if (before["announce"] !== model.announce) addNotice(group.id, "announce", model.announce ? "on" : "off", [], null);
  if (before["restrict"] !== model.restrict) addNotice(group.id, "restrict", model.restrict ? "on" : "off", [], null);
}

/** Applies a change of a group's participants. */
export async function receiveParticipants(event: Extract<DurableEvent, { type: "participants" }>): Promise<void> {
  applyGroup(event.group);
  chatOf(event.groupId).set({ name: event.group.name });
  const author = event.action === "leave" ? event.who[0] : (event.by ?? undefined);
  const action = {
    actionType: event.action === "leave" ? "remove" : event.action,
    participants: event.who.map((id) => ({ id: createWid(id) })),
  };
  addNotice(event.groupId, event.action, undefined, event.who, author ?? null);
  await actionModule.updateDBForGroupAction(
    {
      chatId: createWid(event.groupId),
      author: author === undefined ? undefined : createWid(author),
      pushname: undefined,
    },
    action,
  );
}
