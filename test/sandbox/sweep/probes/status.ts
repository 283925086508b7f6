/** `WPP.status` and `WPP.newsletter` (channels). */
import { z } from "zod";
import type { SandboxItem } from "../../../../contracts/sandbox.ts";
import type { Probes } from "../probe.ts";
import { DATA, messageKey, yes } from "../shapes.ts";
import type { World } from "../world.ts";

const STATUS = "status@broadcast";
const posted = z.object({ id: messageKey, ack: z.int().min(1) });

/** The peer's phone shows the status, and it looks like this; its key is noted under the name. */
function posts(name: string, looks: (item: SandboxItem) => boolean) {
  return async (world: World, { id }: { id: string }): Promise<boolean> => {
    world.notes.set(name, id);
    const item = await world.item(world.peer, id);
    return item !== undefined && item.chat === STATUS && looks(item);
  };
}

export const status: Probes = {
  sendTextStatus: {
    args: () => ["today", { backgroundColor: "#0275d8", font: 2 }],
    result: posted,
    shown: posts("textStatus", ({ text }) => text === "today"),
  },
  sendImageStatus: {
    args: () => [DATA.png, { caption: "a dot" }],
    result: posted,
    shown: posts("imageStatus", ({ type, text }) => type === "image" && text === "a dot"),
  },
  sendVideoStatus: {
    args: () => [DATA.video],
    result: posted,
    shown: posts("videoStatus", ({ type }) => type === "video"),
  },
  sendRawStatus: {
    args: () => [{ type: "chat", body: "raw status" }],
    result: posted,
    shown: posts("rawStatus", ({ text }) => text === "raw status"),
  },
  getMyStatus: { result: z.object({ totalCount: z.int().min(4) }) },
  updateParticipants: { args: ({ peer, third }) => [[peer.chatId, third.chatId]] },
  remove: {
    args: (world) => [world.note("rawStatus")],
    result: yes,
    shown: async (world) => (await world.item(world.peer, world.note("rawStatus")))?.revoked,
  },
  get: {
    args: ({ peer }) => [peer.chatId],
    result: z.object({ totalCount: z.int().min(1), unreadCount: z.int().min(1) }),
  },
  sendReadStatus: {
    args: (world) => [world.peer.chatId, world.note("peersStatus")],
    shown: async (world) => (await world.item(world.peer, world.note("peersStatus"), "sent"))?.status === "read",
    note: "its author sees who has viewed it",
  },
};

const channelId = z.string().endsWith("@newsletter");
const own = (world: World): readonly unknown[] => [world.note("channel")];
const others = (world: World): readonly unknown[] => [world.note("peersChannel")];
const channel = z.object({
  idJid: channelId,
  inviteLink: z.string().startsWith("https://whatsapp.com/channel/"),
  name: z.string(),
  subscribersCount: z.int().min(0),
});

/** A channel as the peer's phone sees it. */
function seenByPeer(world: World, name: string) {
  return world.perform(world.peer, "channel", { id: world.note(name) });
}

export const newsletter: Probes = {
  create: {
    args: () => ["News", { description: "All the news", picture: DATA.png }],
    result: channel.extend({ name: z.literal("News") }),
    shown: (world: World, { idJid }: { idJid: string }) => world.notes.set("channel", idJid),
  },
  edit: {
    args: (world) => [world.note("channel"), { name: "Newer", description: "Newer news" }],
    result: channel.extend({ name: z.literal("Newer"), description: z.literal("Newer news") }),
    shown: async (world) => (await seenByPeer(world, "channel")).name === "Newer",
  },
  search: {
    args: () => ["peer's"],
    result: z.object({ newsletters: z.array(z.object({ idJid: channelId, name: z.string() })).length(1) }),
  },
  follow: {
    args: others,
    result: yes,
    shown: async (world) => (await seenByPeer(world, "peersChannel")).followers === 1,
  },
  mute: { args: others, result: z.object({ id: channelId }) },
  unfollow: {
    args: others,
    result: yes,
    shown: async (world) => (await seenByPeer(world, "peersChannel")).followers === 0,
  },
  getSubscribers: { args: own, result: z.array(z.unknown()) },
  destroy: { args: own, result: yes },
};
