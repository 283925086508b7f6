/** Groups, presence, chats and contacts: their events, and the answers to requests about them. */
import { TENANT } from "../driver-fixture.ts";
import type { Script, Step } from "./script.ts";
import type { Stage } from "./stage.ts";
import { ack, address, chatInfo, contact, contactInfo, groupInfo, participants } from "./values.ts";

const ALL = ["own", "peer", "other"] as const;
const group = (more: object) => ({
  type: "group",
  change: "updated",
  group: groupInfo("group", "New", "own", ALL, more),
});
const result = (participant: string) => ({ participant, ok: true, code: null, reason: null });
const phones = ({ fixture }: Stage) => fixture.sandbox.phones;
const typing = (chat: string, state: string) => ({ type: "typing", chat: address(chat), from: address("peer"), state });

function chat(
  change: "archive" | "unarchive" | "pin" | "unpin" | "unread" | "clear" | "delete",
  name: string | null,
  more: object,
): Step {
  return {
    act: ({ run, peer }) => run.changeChat({ chatId: peer.chatId, change }),
    events: [{ type: "chat", chat: chatInfo("peer", name, more) }],
  };
}

export const GROUP_SCRIPT: Script = {
  "a group is renamed by a member": {
    act: ({ perform, peer, group: groupId }) => perform(peer, "updateGroup", { groupId, name: "New" }),
    events: [group({})],
  },
  "a group is described by the session": {
    act: ({ run, group: groupId }) => run.updateGroup({ groupId, description: "words" }),
    events: [group({ description: "words" })],
    answer: groupInfo("group", "New", "own", ALL, { description: "words" }),
  },
  "only admins may write": {
    act: ({ run, group: groupId }) => run.updateGroup({ groupId, announce: true }),
    events: [group({ description: "words", announce: true })],
    answer: groupInfo("group", "New", "own", ALL, { description: "words", announce: true }),
  },
  "a participant is promoted": {
    act: ({ run, group: groupId, peer }) =>
      run.changeParticipants({ groupId, action: "promote", participants: [peer.chatId] }),
    events: [participants("promote", "peer", "own")],
    answer: [result("peer")],
  },
  "an admin steps down": {
    act: ({ perform, group: groupId, peer }) =>
      perform(peer, "changeParticipants", { groupId, action: "demote", participants: [peer.chatId] }),
    events: [participants("demote", "peer", "peer")],
  },
  "a participant is removed": {
    act: ({ run, group: groupId, other }) =>
      run.changeParticipants({ groupId, action: "remove", participants: [other.lid] }),
    events: [participants("remove", "other", "own")],
    answer: [result("other-lid")],
  },
  "a person joins by the invite": {
    act: async ({ run, perform, group: groupId, other }) => {
      const { code } = await run.getInvite({ groupId, revoke: false });
      await perform(other, "joinGroup", { code });
    },
    events: [participants("add", "other", null)],
  },
  "a participant leaves": {
    act: ({ perform, group: groupId, other }) => perform(other, "leaveGroup", { groupId }),
    events: [participants("leave", "other", "other")],
  },
  "a person is added": {
    act: ({ run, group: groupId, other }) =>
      run.changeParticipants({ groupId, action: "add", participants: [other.chatId] }),
    events: [participants("add", "other", "own")],
    answer: [result("other")],
  },
  "the account is added to a group": {
    act: ({ perform, peer, session }) =>
      perform(peer, "createGroup", { name: "Theirs", participants: [session.phone.chatId] }),
    events: [{ type: "group", change: "created", group: groupInfo("a group", "Theirs", "peer", ["peer", "own"]) }],
  },
  "the account creates a group": {
    act: ({ run, peer }) => run.createGroup({ name: "Ours", participants: [peer.chatId] }),
    events: [{ type: "group", change: "created", group: groupInfo("a group", "Ours", "own", ["own", "peer"]) }],
    answer: { group: groupInfo("a group", "Ours", "own", ["own", "peer"]), results: [result("peer")] },
  },
  "groups are listed": {
    act: async ({ run }) => (await run.listGroups({})).toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    answer: [
      groupInfo("group", "New", "own", ALL, { description: "words", announce: true }),
      groupInfo("a group", "Ours", "own", ["own", "peer"]),
      groupInfo("a group", "Theirs", "peer", ["peer", "own"]),
    ],
  },
};

export const PRESENCE_SCRIPT: Script = {
  "presence is subscribed to": {
    act: ({ run, peer }) => run.subscribePresence({ chatIds: [peer.chatId] }),
    events: [{ type: "presence", who: address("peer"), online: false, lastSeen: null }],
  },
  "a person types": {
    act: (stage) => phones(stage).type(TENANT, stage.peer.phone, stage.session.phone.phone, "typing"),
    events: [typing("peer", "typing")],
  },
  "a person records": {
    act: (stage) => phones(stage).type(TENANT, stage.peer.phone, stage.session.phone.phone, "recording"),
    events: [typing("peer", "recording")],
  },
  "a person pauses": {
    act: (stage) => phones(stage).type(TENANT, stage.peer.phone, stage.session.phone.phone, "paused"),
    events: [typing("peer", "paused")],
  },
  "a person comes online": {
    act: (stage) => phones(stage).setPresence(TENANT, stage.peer.phone, true),
    events: [{ type: "presence", who: address("peer"), online: true, lastSeen: null }],
  },
  "an online person is looked up": {
    act: ({ run, peer }) => run.getPresence({ chatId: peer.chatId }),
    answer: { online: true, lastSeen: null },
  },
  "a person goes offline": {
    act: (stage) => phones(stage).setPresence(TENANT, stage.peer.phone, false),
    events: [{ type: "presence", who: address("peer"), online: false, lastSeen: "time" }],
  },
  "an offline person is looked up": {
    act: ({ run, peer }) => run.getPresence({ chatId: peer.chatId }),
    answer: { online: false, lastSeen: "time" },
  },
  "a person calls": {
    act: async (stage) => {
      stage.ids.push((await phones(stage).call(TENANT, stage.peer.phone, stage.session.phone.phone, true)).id);
    },
    events: [{ type: "call", id: "id1", from: address("peer"), video: true, at: "time" }],
  },
};

export const CHAT_SCRIPT: Script = {
  "the first message of a person": {
    act: ({ send, peer }) => send(peer.chatId, { type: "text", text: "hello" }),
    events: [ack("id1", "peer", 2, "peer")],
  },
  archived: chat("archive", "Peer", { archived: true }),
  "archived no more": chat("unarchive", "Peer", {}),
  pinned: chat("pin", "Peer", { pinned: true }),
  "pinned no more": chat("unpin", "Peer", {}),
  muted: {
    act: ({ run, peer }) => run.changeChat({ chatId: peer.chatId, change: "mute" }),
    events: [{ type: "chat", chat: chatInfo("peer", "Peer", { mutedUntil: "time" }) }],
  },
  "muted no more": {
    act: ({ run, peer }) => run.changeChat({ chatId: peer.chatId, change: "unmute" }),
    events: [{ type: "chat", chat: chatInfo("peer", "Peer") }],
  },
  unread: chat("unread", "Peer", { unread: 1 }),
  "listed as unread": {
    act: ({ run }) => run.listChats({ limit: 100 }),
    answer: [chatInfo("peer", "Peer", { unread: 1 }), chatInfo("group", "Group", { lastAt: null })],
  },
  read: {
    act: ({ run, peer }) => run.markRead({ chatId: peer.chatId }),
    events: [{ type: "chat", chat: chatInfo("peer", "Peer") }],
  },
  "a group, by the phone": {
    act: ({ perform, session, group: chatId }) =>
      perform(session.phone, "changeChat", { chat: chatId, change: "archive" }),
    events: [{ type: "chat", chat: chatInfo("group", "Group", { archived: true, lastAt: null }) }],
  },
  cleared: chat("clear", "Peer", { lastAt: null }),
  deleted: chat("delete", null, { lastAt: null }),
  blocked: {
    act: ({ run, peer }) => run.block({ chatId: peer.chatId, blocked: true }),
    events: [contact("peer", "Peer", true)],
  },
  "blocked again": { act: ({ run, peer }) => run.block({ chatId: peer.chatId, blocked: true }) },
  "listed as blocked": { act: ({ run }) => run.listBlocked({}), answer: ["peer"] },
  "blocked no more": {
    act: ({ run, peer }) => run.block({ chatId: peer.lid, blocked: false }),
    events: [contact("peer", "Peer", false)],
  },
  renamed: {
    act: async (stage) => void (await phones(stage).change(TENANT, stage.other.phone, { name: "Other 2" })),
    events: [contact("other", "Other 2", false)],
  },
  "a contact is read": {
    act: ({ run, other }) => run.getContact({ chatId: other.lid }),
    answer: contactInfo("other", "Other 2"),
  },
};
