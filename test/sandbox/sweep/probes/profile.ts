/** `WPP.profile` and `WPP.privacy`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, yes } from "../shapes.ts";
import type { World } from "../world.ts";

/** What the peer sees of the account. */
function seenByPeer(world: World) {
  return world.perform(world.peer, "profile", { id: world.personal.phone.chatId });
}

export const profile: Probes = {
  setMyProfileName: {
    args: () => ["Renamed"],
    result: yes,
    shown: async (world) => (await world.phone(world.personal.phone)).name === "Renamed",
  },
  getMyProfileName: { result: z.literal("Renamed") },
  setMyStatus: {
    args: () => ["Busy"],
    result: yes,
    shown: async (world) => (await seenByPeer(world)).about === "Busy",
  },
  getMyStatus: { result: z.literal("Busy") },
  setMyProfilePicture: {
    args: () => [DATA.png],
    result: z.object({ status: z.literal(200), eurl: z.string() }),
    shown: async (world) => (await seenByPeer(world)).picture !== null,
  },
  getMyProfilePicture: { result: z.object({ id: chatId, img: z.string().min(1) }) },
  removeMyProfilePicture: { result: yes, shown: async (world) => (await seenByPeer(world)).picture === null },
  isBusiness: { result: z.literal(false) },
  editBusinessProfile: {
    args: () => [{ description: "We sell soap", website: ["https://shop.example"] }],
    result: z.object({ description: z.literal("We sell soap") }),
    by: "business",
  },
};

const ALL = z.literal("all");

export const privacy: Probes = {
  get: {
    result: z.object({
      about: ALL,
      groupAdd: ALL,
      lastSeen: ALL,
      online: ALL,
      profilePicture: ALL,
      readReceipts: ALL,
      status: z.literal("contact"),
    }),
  },
  setAbout: {
    args: ({ peer }) => ["contact_blacklist", [{ id: peer.chatId, action: "add" }]],
    result: z.literal("contact_blacklist"),
    shown: async (world) => (await seenByPeer(world)).about === null,
  },
  getDisallowedList: { args: () => ["status"], result: z.array(chatId).length(1), note: "of the about text" },
  setProfilePic: {
    args: () => ["none"],
    result: z.literal("none"),
    shown: async (world) => (await seenByPeer(world)).picture === null,
  },
  setLastSeen: {
    args: () => ["none"],
    result: z.literal("none"),
    shown: async (world) =>
      (await world.perform(world.peer, "getPresence", { who: world.personal.phone.chatId })).lastSeen === null,
  },
  setOnline: { args: () => ["match_last_seen"], result: z.literal("match_last_seen") },
  setReadReceipts: { args: () => ["none"], result: z.literal("none") },
  setAddGroup: {
    args: () => ["contacts"],
    result: z.literal("contacts"),
    shown: async (world) => (await world.phone(world.personal.phone)).groupsPrivacy === "contacts",
  },
  setStatus: { args: ({ peer }) => ["deny-list", [peer.chatId]], result: z.literal("deny-list") },
};
