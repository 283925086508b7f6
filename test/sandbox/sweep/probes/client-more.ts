/** wppconnect's client: lists, labels, communities, channels and the catalog. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, keeps } from "../shapes.ts";
import { connected } from "../sessions.ts";
import type { World } from "../world.ts";

const by = "business";
const id = z.looseObject({ _serialized: chatId });
const list = (world: World): string => world.note("clientList");
const community = (world: World): string => world.note("clientCommunity");
const product = (world: World): string => world.note("clientProduct");
const shop = (world: World): string => world.business.phone.chatId;

/** The labels of an account, as its phone has them. */
async function labelsOf(world: World, whose: "personal" | "business") {
  return world.perform(world[whose].phone, "labels", {});
}

export const clientLabels: Probes = {
  createList: {
    args: ({ peer }) => ["Family", [peer.chatId]],
    result: z.string(),
    shown: keeps("clientList", (created: string) => created),
  },
  getAllLists: { result: z.array(z.looseObject({ name: z.literal("Family") })).length(1) },
  renameList: {
    args: (world) => [list(world), "Big family"],
    shown: async (world) => (await labelsOf(world, "personal")).some(({ name }) => name === "Big family"),
  },
  removeChatsFromList: {
    args: (world) => [list(world), [world.peer.chatId]],
    shown: async (world) => (await labelsOf(world, "personal")).some(({ chats }) => chats.length === 0),
  },
  addChatsToList: {
    args: (world) => [list(world), [world.peer.chatId]],
    shown: async (world) => (await labelsOf(world, "personal")).some(({ chats }) => chats.length === 1),
  },
  deleteList: {
    args: (world) => [list(world)],
    shown: async (world) => (await labelsOf(world, "personal")).length === 0,
  },
  addNewLabel: {
    args: () => ["Client label", { labelColor: "2" }],
    shown: async (world) => {
      const found = (await labelsOf(world, "business")).find(({ name }) => name === "Client label");
      return found !== undefined && world.notes.set("clientLabel", found.id);
    },
    by,
  },
  addOrRemoveLabels: {
    args: (world) => [[world.peer.chatId], [{ labelId: world.note("clientLabel"), type: "add" }]],
    shown: async (world) => (await labelsOf(world, "business")).some(({ chats }) => chats.includes(world.peer.chatId)),
    by,
  },
  getAllLabels: { result: z.array(z.looseObject({ name: z.string() })).min(1), by },
  getLabelById: { args: (world) => [world.note("clientLabel")], note: "it returns nothing", by },
  deleteLabel: {
    args: (world) => [world.note("clientLabel")],
    shown: async (world) => (await labelsOf(world, "business")).every(({ name }) => name !== "Client label"),
    by,
  },
  deleteAllLabels: { shown: async (world) => (await labelsOf(world, "business")).length === 0, by },
};

export const clientCommunities: Probes = {
  createCommunity: {
    args: () => ["Client community", "All", []],
    result: z.looseObject({ wid: id }),
    shown: (world: World, { wid }: { wid: { _serialized: string } }) =>
      world.notes.set("clientCommunity", wid._serialized),
  },
  addSubgroupsCommunity: {
    args: (world) => [community(world), [world.note("group")]],
    result: z.looseObject({ linkedGroupJids: z.array(z.unknown()).length(1) }),
  },
  getCommunityParticipants: { args: (world) => [community(world)], result: z.array(z.unknown()).min(1) },
  promoteCommunityParticipant: { args: (world) => [community(world), world.peer.chatId] },
  demoteCommunityParticipant: {
    args: (world) => [community(world), world.peer.chatId],
    result: z.looseObject({ success: z.literal(true) }),
  },
  removeSubgroupsCommunity: {
    args: (world) => [community(world), [world.note("group")]],
    result: z.looseObject({ linkedGroupJids: z.array(z.unknown()).length(1) }),
  },
  deactivateCommunity: {
    args: (world) => [community(world)],
    shown: async (world) =>
      (await world.perform(world.personal.phone, "groups", {})).every((found) => found.id !== community(world)),
  },
};

const channels = (world: World) => world.perform(world.personal.phone, "channels", {});

export const clientChannels: Probes = {
  createNewsletter: {
    args: () => ["Client news", { description: "d" }],
    result: z.looseObject({ idJid: z.string().endsWith("@newsletter") }),
    shown: keeps("clientChannel", ({ idJid }: { idJid: string }) => idJid),
  },
  editNewsletter: {
    args: (world) => [world.note("clientChannel"), { name: "Newer client news" }],
    shown: async (world) => (await channels(world)).some(({ name }) => name === "Newer client news"),
  },
  muteNesletter: {
    args: (world) => [world.note("clientChannel")],
    shown: async (world) => (await channels(world)).some(({ muted }) => muted),
    note: "misspelt in the library",
  },
  destroyNewsletter: {
    args: (world) => [world.note("clientChannel")],
    shown: async (world) => (await channels(world)).every((found) => found.id !== world.note("clientChannel")),
  },
};

export const clientCatalog: Probes = {
  createProduct: {
    args: () => ["Client soap", DATA.png, "Clean", 5, false, "https://shop.example", "S-2", "EUR"],
    shown: async (world) => {
      const products = await world.perform(world.peer, "products", { owner: shop(world), limit: 10 });
      const found = products.find(({ name }) => name === "Client soap");
      return found !== undefined && world.notes.set("clientProduct", found.id);
    },
    by,
  },
  getProducts: { args: (world) => [shop(world), 10], result: z.array(z.looseObject({ name: z.string() })).min(1) },
  getProductById: {
    args: (world) => [shop(world), product(world)],
    result: z.looseObject({ name: z.literal("Client soap") }),
  },
  editProduct: { args: (world) => [product(world), { description: "Very clean" }], by },
  changeProductImage: { args: (world) => [product(world), DATA.png], by },
  addProductImage: { args: (world) => [product(world), DATA.png], by },
  removeProductImage: { args: (world) => [product(world), "0"], by },
  setProductVisibility: { args: (world) => [product(world), true], by },
  createCollection: {
    args: (world) => ["Client bath", [product(world)]],
    shown: async (world) => {
      const [found] = await world.perform(world.peer, "collections", { owner: shop(world), limit: 10 });
      return found !== undefined && world.notes.set("clientCollection", found.id);
    },
    by,
  },
  getCollections: { args: (world) => [shop(world), "5", "5"], result: z.array(z.unknown()).length(1) },
  editCollection: { args: (world) => [world.note("clientCollection"), { collectionName: "x" }], by },
  deleteCollection: { args: (world) => [world.note("clientCollection")], result: z.string(), by },
  updateCartEnabled: { args: () => [true], by },
  editBusinessProfile: {
    args: () => [{ description: "By the client" }],
    result: z.looseObject({ description: z.literal("By the client") }),
    by,
  },
  delProducts: {
    args: (world) => [[product(world)]],
    result: z.looseObject({ status: z.literal(200) }),
    by,
  },
};

/** Those that load the page again, and those that end the session. */
export const lastOfClient: Probes = {
  getTheme: { result: z.enum(["light", "dark"]) },
  setTheme: {
    args: () => ["light"],
    shown: async ({ personal }) => {
      const theme = await personal.client.getTheme();
      await connected(personal);
      return theme === ("light" as unknown);
    },
    seconds: 15,
  },
  getAutoDownloadSettings: { result: z.looseObject({ photos: z.boolean() }) },
  setAutoDownloadSettings: {
    args: () => [{ photos: true }],
    shown: async ({ personal }) => {
      const { photos } = await personal.client.getAutoDownloadSettings();
      await connected(personal);
      return photos;
    },
    seconds: 15,
  },
  useHere: { result: z.literal(true) },
  logout: {
    result: z.literal(true),
    shown: async (world) => (await world.phone(world.business.phone)).devices.length === 0,
    by,
  },
  close: { result: z.literal(true), by },
};
