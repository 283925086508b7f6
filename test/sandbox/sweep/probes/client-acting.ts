/** wppconnect's client: what a user does with chats, the profile and groups. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, yes } from "../shapes.ts";
import type { World } from "../world.ts";
import { callState } from "./call.ts";

const peer = (world: World): readonly unknown[] => [world.peer.chatId];
const third = (world: World): readonly unknown[] => [world.third.chatId];
const id = z.looseObject({ _serialized: chatId });

async function line(world: World, chat = world.peer.chatId) {
  return (await world.perform(world.personal.phone, "chats", { limit: 100 })).find((found) => found.id === chat);
}

function seenByPeer(world: World) {
  return world.perform(world.peer, "profile", { id: world.personal.phone.chatId });
}

async function isTyping(world: World, state: "typing" | "recording" | undefined): Promise<boolean> {
  const seen = (await world.phone(world.peer)).typing.find(({ from }) => from === world.personal.phone.chatId);
  return seen?.state === state;
}

async function isBlocked(world: World): Promise<boolean> {
  return (await world.perform(world.personal.phone, "blocklist", {})).includes(world.third.chatId);
}

/** The id of a chat of which the page has a message. */
async function newChat(world: World): Promise<string> {
  const { third, personal } = world;
  await personal.client.sendText(third.chatId, "a chat again");
  return third.chatId;
}

export const clientActing: Probes = {
  sendSeen: { args: peer, shown: async (world) => (await line(world))?.unread === 0 },
  markUnseenMessage: { args: peer, result: yes, shown: async (world) => (await line(world))?.unread === 1 },
  markPlayed: {
    args: (world) => [world.note("voice2")],
    shown: async (world) => (await world.item(world.peer, world.note("voice2"), "sent"))?.status === "played",
  },
  startTyping: { args: peer, shown: (world) => isTyping(world, "typing") },
  stopTyping: { args: peer, shown: (world) => isTyping(world, undefined) },
  startRecording: { args: peer, shown: (world) => isTyping(world, "recording") },
  stopRecording: { args: peer, shown: (world) => isTyping(world, undefined) },
  stopRecoring: { args: peer, shown: (world) => isTyping(world, undefined), note: "the same, misspelt" },
  setChatState: { args: ({ peer: { chatId: of } }) => [of, 0], shown: (world) => isTyping(world, "typing") },
  setOnlinePresence: {
    args: () => [true],
    result: yes,
    shown: async (world) => (await world.phone(world.personal.phone)).available,
  },
  archiveChat: {
    args: ({ peer: { chatId: of } }) => [of, true],
    shown: async (world) => (await line(world))?.archived,
  },
  pinChat: { args: ({ peer: { chatId: of } }) => [of, true], shown: async (world) => (await line(world))?.pinned },
  sendMute: {
    args: ({ peer: { chatId: of } }) => [of, 2, "hours"],
    shown: async (world) => ((await line(world))?.mutedUntil ?? 0) > Date.now(),
  },
  starMessage: { impossible: "it calls `chat.sendStarMsgs`, which WhatsApp Web no longer has" },
  setTemporaryMessages: {
    args: ({ peer: { chatId: of } }) => [of, true],
    result: yes,
    shown: async (world) => (await line(world))?.ephemeral === 604_800,
  },
  setLimit: { args: () => ["unlimitedPin", false], result: z.literal(false) },
  openChat: { args: peer, result: yes },
  getActiveChat: { note: "the result does not leave the page" },
  closeChat: { result: yes },
  openChatAt: { args: (world) => [world.peer.chatId, world.note("text")], result: yes },
  blockContact: { args: third, shown: isBlocked },
  unblockContact: { args: third, shown: async (world) => !(await isBlocked(world)) },
  setProfileName: {
    args: () => ["By the client"],
    result: yes,
    shown: async (world) => (await world.phone(world.personal.phone)).name === "By the client",
  },
  getProfileName: { result: z.literal("By the client") },
  setProfileStatus: { args: () => ["Away"], shown: async (world) => (await seenByPeer(world)).about === "Away" },
  getProfileStatus: { result: z.literal("Away") },
  setProfilePic: {
    args: () => [DATA.png],
    result: z.looseObject({ status: z.literal(200) }),
    shown: async (world) => (await seenByPeer(world)).picture !== null,
  },
  removeMyProfilePicture: { result: yes, shown: async (world) => (await seenByPeer(world)).picture === null },
  rejectCall: {
    args: (world) => [world.note("call4")],
    result: yes,
    shown: async (world) => (await callState(world, world.note("call4"))) === "rejected",
  },
  clearChat: { args: third, result: yes },
  deleteChat: {
    args: (world) => [newChat(world)],
    result: yes,
    shown: async (world) => (await line(world, world.third.chatId)) === undefined,
  },
};

const groupOf = (world: World): string => world.note("clientGroup");
const group = (world: World): readonly unknown[] => [groupOf(world)];
const withThird = (world: World): readonly unknown[] => [groupOf(world), world.third.chatId];

/** The group as its owner's phone sees it. */
async function seen(world: World) {
  return (await world.perform(world.personal.phone, "groups", {})).find((found) => found.id === groupOf(world));
}

async function member(world: World) {
  return (await seen(world))?.participants.find((participant) => participant.id === world.third.chatId);
}

async function picture(world: World): Promise<string | null> {
  return (await world.perform(world.peer, "profile", { id: groupOf(world) })).picture;
}

export const clientGroups: Probes = {
  createGroup: {
    args: ({ peer: { chatId: of } }) => ["By the client", [of]],
    result: z.looseObject({ gid: id }),
    shown: (world: World, { gid }: { gid: { _serialized: string } }) => world.notes.set("clientGroup", gid._serialized),
  },
  getGroupMembersIds: { args: group, result: z.array(id).length(2) },
  getGroupMembers: { args: group, result: z.array(z.looseObject({ id })).length(2) },
  getGroupAdmins: { args: group, result: z.array(id).length(1) },
  getGroupInviteLink: { args: group, result: z.string().startsWith("https://chat.whatsapp.com/") },
  revokeGroupInviteLink: {
    args: group,
    result: z.string().startsWith("https://chat.whatsapp.com/"),
    shown: (world: World, url: string) => world.notes.set("clientInvite", url),
  },
  getGroupInfoFromInviteLink: {
    args: (world) => [world.note("clientInvite")],
    result: z.looseObject({ subject: z.literal("By the client") }),
  },
  addParticipant: { args: withThird, shown: async (world) => (await member(world)) !== undefined },
  promoteParticipant: { args: withThird, shown: async (world) => (await member(world))?.admin },
  demoteParticipant: { args: withThird, shown: async (world) => (await member(world))?.admin === false },
  removeParticipant: { args: withThird, shown: async (world) => (await member(world)) === undefined },
  setGroupDescription: {
    args: (world) => [groupOf(world), "A description"],
    result: yes,
    shown: async (world) => (await seen(world))?.description === "A description",
  },
  setGroupSubject: {
    args: (world) => [groupOf(world), "A subject"],
    result: yes,
    shown: async (world) => (await seen(world))?.name === "A subject",
  },
  setGroupProperty: {
    args: (world) => [groupOf(world), "restrict", true],
    result: yes,
    shown: async (world) => (await seen(world))?.locked,
  },
  setMessagesAdminsOnly: {
    args: (world) => [groupOf(world), true],
    result: yes,
    shown: async (world) => (await seen(world))?.announce,
  },
  setGroupIcon: {
    args: (world) => [groupOf(world), DATA.png],
    result: z.looseObject({ status: z.literal(200) }),
    shown: async (world) => (await picture(world)) !== null,
  },
  removeGroupIcon: { args: group, result: yes, shown: async (world) => (await picture(world)) === null },
  getGroupSizeLimit: { result: z.int().min(1024) },
  getGroupMembershipRequests: {
    args: (world) => [world.note("groupOfRequests2")],
    result: z.array(z.looseObject({ id })).length(2),
  },
  approveGroupMembershipRequest: {
    args: (world) => [world.note("groupOfRequests2"), world.peer.chatId],
    result: z.array(z.looseObject({ wid: id })).length(1),
  },
  rejectGroupMembershipRequest: {
    args: (world) => [world.note("groupOfRequests2"), world.third.chatId],
    result: z.array(z.looseObject({ wid: id })).length(1),
  },
  joinGroup: { args: (world) => [world.note("peersInvite2")], result: z.looseObject({ id: z.string() }) },
  leaveGroup: { args: group, shown: async (world) => (await seen(world)) === undefined },
};
