/** `WPP.contact` and `WPP.blocklist`. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, yes } from "../shapes.ts";
import type { World } from "../world.ts";

const peer = (world: World): readonly unknown[] => [world.peer.chatId];
const third = (world: World): readonly unknown[] => [world.third.chatId];
const contactOf = z.object({ id: chatId });

async function names(world: World): Promise<(string | null)[]> {
  return (await world.perform(world.personal.phone, "contacts", {})).map(({ name }) => name);
}

export const contact: Probes = {
  list: { args: () => [{ onlyMyContacts: true }], result: z.array(contactOf).min(2) },
  get: { args: peer, result: contactOf },
  queryExists: { args: peer, byNumber: true, result: z.object({ wid: chatId, biz: z.literal(false), lid: chatId }) },
  queryWidExists: { args: ({ business }) => [business.phone.chatId], result: z.object({ wid: chatId, biz: yes }) },
  getPnLidEntry: { args: peer, result: z.object({ lid: chatId, phoneNumber: chatId }) },
  getStatus: { args: peer, result: z.string().min(1) },
  getProfilePictureUrl: { args: peer, result: z.string().startsWith("data:image/") },
  getBusinessProfile: {
    args: ({ business }) => [business.phone.chatId],
    result: z.object({ id: chatId, description: z.string(), categories: z.array(z.unknown()) }),
  },
  getCommonGroups: { args: peer, result: z.array(z.string().endsWith("@g.us")).min(1) },
  getUsername: { args: ({ peer: { lid } }) => [lid, true], result: z.object({ username: z.literal("the.peer") }) },
  queryUsernameExists: {
    args: () => ["the.peer"],
    result: z.object({ wid: chatId, username: z.literal("the.peer") }),
  },
  save: {
    args: ({ third: { chatId: id } }) => [id, "My", { lastName: "Third" }],
    result: z.object({ name: z.literal("My Third") }),
    shown: async (world) => (await names(world)).includes("My Third"),
  },
  remove: {
    args: third,
    result: z.object({ id: chatId, name: z.undefined().optional() }),
    shown: async (world) => !(await names(world)).includes("My Third"),
  },
  reportContact: { args: third, result: z.object({ wid: chatId, reportId: z.string().min(1) }) },
  subscribePresence: { args: peer, result: z.array(chatId).length(1) },
  unsubscribePresence: { args: peer, result: z.array(chatId).length(1) },
};

async function isBlocked(world: World): Promise<boolean> {
  return (await world.perform(world.personal.phone, "blocklist", {})).includes(world.third.chatId);
}

export const blocklist: Probes = {
  blockContact: { args: third, result: z.object({ isBlocked: yes }), shown: isBlocked },
  isBlocked: { args: third, result: yes },
  all: { result: z.array(chatId).length(1) },
  unblockContact: {
    args: third,
    result: z.object({ isBlocked: z.literal(false) }),
    shown: async (world) => !(await isBlocked(world)),
  },
};
