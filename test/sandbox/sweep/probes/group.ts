/** `WPP.group` and `WPP.community`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, keepsAndShows, yes } from "../shapes.ts";
import type { World } from "../world.ts";

const groupId = z.string().endsWith("@g.us");
const theGroup = (world: World): readonly unknown[] => [world.note("group")];
const withThird = (world: World): readonly unknown[] => [world.note("group"), world.third.chatId];
const theCommunity = (world: World): readonly unknown[] => [world.note("community")];
const results = z.array(z.object({ wid: chatId, error: z.null() })).length(1);

/** The group as the peer's phone sees it. */
async function seenByPeer(world: World, name = "group") {
  return (await world.perform(world.peer, "groups", {})).find(({ id }) => id === world.note(name));
}

async function third(world: World) {
  return (await seenByPeer(world))?.participants.find(({ id }) => id === world.third.chatId);
}

async function picture(world: World): Promise<string | null> {
  return (await world.perform(world.peer, "profile", { id: world.note("group") })).picture;
}

export const group: Probes = {
  create: {
    args: ({ peer }) => ["Sweep", [peer.chatId]],
    result: z.object({ gid: z.string().regex(/^120363\d{12}@g\.us$/), participants: z.record(chatId, z.unknown()) }),
    shown: keepsAndShows(
      "group",
      ({ gid }: { gid: string }) => gid,
      async (world) => (await seenByPeer(world))?.name === "Sweep",
    ),
  },
  ensureGroup: { args: theGroup, result: z.object({ id: groupId }) },
  getAllGroups: { result: z.array(z.object({ id: groupId })).min(1) },
  getParticipants: { args: theGroup, result: z.array(z.object({ id: chatId })).length(2) },
  iAmAdmin: { args: theGroup, result: yes },
  iAmMember: { args: theGroup, result: yes },
  iAmRestrictedMember: { args: theGroup, result: z.literal(false) },
  iAmSuperAdmin: { args: theGroup, result: yes },
  canAdd: { args: theGroup, result: yes },
  addParticipants: {
    args: withThird,
    result: z.record(chatId, z.object({ code: z.literal(200) })),
    shown: async (world) => (await third(world)) !== undefined,
  },
  ensureGroupAndParticipants: { args: withThird, result: z.object({ participants: z.array(z.unknown()).length(1) }) },
  canPromote: { args: withThird, result: yes },
  promoteParticipants: { args: withThird, shown: async (world) => (await third(world))?.admin },
  canDemote: { args: withThird, result: yes },
  demoteParticipants: { args: withThird, shown: async (world) => (await third(world))?.admin === false },
  canRemove: { args: withThird, result: yes },
  removeParticipants: { args: withThird, shown: async (world) => (await third(world)) === undefined },
  getPastParticipants: { args: theGroup, result: z.array(z.object({ id: chatId })).length(1) },
  setSubject: {
    args: (world) => [world.note("group"), "Sweep 2"],
    result: yes,
    shown: async (world) => (await seenByPeer(world))?.name === "Sweep 2",
  },
  setDescription: {
    args: (world) => [world.note("group"), "All of it"],
    result: yes,
    shown: async (world) => (await seenByPeer(world))?.description === "All of it",
  },
  setProperty: {
    args: (world) => [world.note("group"), "announcement", true],
    result: yes,
    shown: async (world) => (await seenByPeer(world))?.announce,
  },
  setIcon: {
    args: (world) => [world.note("group"), DATA.png],
    result: z.object({ status: z.literal(200) }),
    shown: async (world) => (await picture(world)) !== null,
  },
  removeIcon: { args: theGroup, result: yes, shown: async (world) => (await picture(world)) === null },
  getGroupSizeLimit: { result: z.int().min(1024) },
  getInviteCode: { args: theGroup, result: z.string().min(8) },
  revokeInviteCode: {
    args: theGroup,
    result: z.string().min(8),
    shown: (world: World, code: string) => world.notes.set("invite", code),
  },
  getGroupInfoFromInviteCode: {
    args: (world) => [`https://chat.whatsapp.com/${world.note("invite")}`],
    result: z.object({ id: groupId, subject: z.literal("Sweep 2"), size: z.int().min(2) }),
  },
  getMembershipRequests: {
    args: (world) => [world.note("groupOfRequests")],
    result: z.array(z.object({ id: chatId, requestMethod: z.literal("InviteLink") })).length(2),
  },
  approve: {
    args: (world) => [world.note("groupOfRequests"), world.peer.chatId],
    result: results,
    shown: async (world) => (await seenByPeer(world, "groupOfRequests")) !== undefined,
  },
  reject: { args: (world) => [world.note("groupOfRequests"), world.third.chatId], result: results },
  join: {
    args: (world) => [world.note("peersInvite")],
    result: z.object({ id: groupId, pendingApproval: z.literal(false) }),
    shown: async (world) => (await seenByPeer(world, "peersGroup"))?.participants.length === 2,
  },
  leave: {
    args: (world) => [world.note("peersGroup")],
    shown: async (world) => (await seenByPeer(world, "peersGroup"))?.participants.length === 1,
  },
};

/** The community as the account's own phone sees it. */
async function ownCommunity(world: World) {
  const groups = await world.perform(world.personal.phone, "groups", {});
  return groups.find(({ id }) => id === world.note("community"));
}

export const community: Probes = {
  create: {
    args: (world) => ["Neighbours", "All of us", [world.note("group")]],
    result: z.object({ wid: groupId, subGroups: z.object({ linkedGroupJids: z.array(groupId).length(1) }) }),
    shown: (world: World, { wid }: { wid: string }) => world.notes.set("community", wid),
  },
  getSubgroups: { args: theCommunity, result: z.array(groupId).length(2) },
  getAnnouncementGroup: { args: theCommunity, result: groupId },
  getParticipants: { args: theCommunity, result: z.array(z.unknown()).min(2) },
  promoteParticipants: {
    args: (world) => [world.note("community"), world.peer.chatId],
    shown: async (world) => (await ownCommunity(world))?.participants.find(({ id }) => id === world.peer.chatId)?.admin,
  },
  demoteParticipants: {
    args: (world) => [world.note("community"), world.peer.chatId],
    result: z.object({ success: yes }),
  },
  removeSubgroups: {
    args: (world) => [world.note("community"), world.note("group")],
    result: z.object({ linkedGroupJids: z.array(groupId).length(1) }),
  },
  addSubgroups: {
    args: (world) => [world.note("community"), world.note("group")],
    result: z.object({ linkedGroupJids: z.array(groupId).length(1), failedGroups: z.array(z.unknown()).length(0) }),
  },
  deactivate: { args: theCommunity, shown: async (world) => (await ownCommunity(world)) === undefined },
};
