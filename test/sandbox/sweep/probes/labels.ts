/** `WPP.labels`, of a business, and `WPP.lists`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { keeps, nothing, yes } from "../shapes.ts";
import type { World } from "../world.ts";

const by = "business";
const label = z.object({ id: z.string(), name: z.string(), hexColor: z.string().startsWith("#"), count: z.int() });
const theLabel = (world: World): readonly unknown[] => [world.note("label")];
const list = (world: World): string => world.note("list");

/** The labels or lists of an account, as its phone has them. */
function labelsOf(world: World, whose: "personal" | "business") {
  return world.perform(world[whose].phone, "labels", {});
}

export const labels: Probes = {
  getLabelColorPalette: { result: z.array(z.string().startsWith("#")).min(10), by },
  getNewLabelColor: { result: z.number(), by },
  colorIsInLabelPalette: { args: () => ["1"], result: yes, by },
  addNewLabel: {
    args: () => ["Urgent", { labelColor: "3" }],
    result: label.extend({ name: z.literal("Urgent"), colorIndex: z.literal(3) }),
    shown: keeps("label", ({ id }: { id: string }) => id),
    by,
  },
  getLabelById: { args: theLabel, result: label, by },
  getAllLabels: { result: z.array(label).min(1), by },
  addOrRemoveLabels: {
    args: (world) => [[world.peer.chatId], { labelId: world.note("label"), type: "add" }],
    shown: async (world) => (await labelsOf(world, "business")).some(({ chats }) => chats.includes(world.peer.chatId)),
    by,
  },
  editLabel: {
    args: (world) => [world.note("label"), { name: "Very urgent" }],
    result: label.extend({ name: z.literal("Very urgent"), count: z.literal(1) }),
    shown: async (world) => (await labelsOf(world, "business")).some(({ name }) => name === "Very urgent"),
    by,
  },
  deleteLabel: {
    args: theLabel,
    result: z.object({ deleteLabelResult: yes }),
    shown: async (world) => (await labelsOf(world, "business")).every(({ id }) => id !== world.note("label")),
    by,
  },
  deleteAllLabels: { result: z.array(z.object({ id: z.string(), deleteLabelResult: yes })), by },
};

export const lists: Probes = {
  create: {
    args: ({ peer }) => ["Friends", [peer.chatId]],
    result: z.string().min(1),
    shown: keeps("list", (id: string) => id),
  },
  list: { result: z.array(z.object({ id: z.string(), name: z.literal("Friends"), colorIndex: z.int() })).length(1) },
  rename: {
    args: (world) => [list(world), "Good friends"],
    result: nothing,
    shown: async (world) => (await labelsOf(world, "personal")).some(({ name }) => name === "Good friends"),
  },
  removeChats: {
    args: (world) => [list(world), [world.peer.chatId]],
    result: nothing,
    shown: async (world) => (await labelsOf(world, "personal")).some(({ chats }) => chats.length === 0),
  },
  addChats: {
    args: (world) => [list(world), [world.peer.chatId]],
    result: nothing,
    shown: async (world) => (await labelsOf(world, "personal")).some(({ chats }) => chats.length === 1),
  },
  remove: {
    args: (world) => [list(world)],
    result: nothing,
    shown: async (world) => (await labelsOf(world, "personal")).length === 0,
  },
};
