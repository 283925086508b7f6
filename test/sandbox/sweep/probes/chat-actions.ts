/** `WPP.chat`: what a user does with chats and messages. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, messageKey, nothing, yes } from "../shapes.ts";
import type { World } from "../world.ts";

/** The chat with the peer, or another person, as the account's own phone lists it. */
async function line(world: World, chat = world.peer.chatId) {
  const chats = await world.perform(world.personal.phone, "chats", { limit: 100 });
  return chats.find(({ id }) => id === chat);
}

const peer = (world: World): readonly unknown[] => [world.peer.chatId];
const wid = z.object({ wid: chatId });

function typing(state: "typing" | "recording" | undefined) {
  return async (world: World): Promise<boolean> => {
    const seen = (await world.phone(world.peer)).typing.find(({ from }) => from === world.personal.phone.chatId);
    return seen?.state === state;
  };
}

/** The key of a new message to the group of the account. */
async function writeToGroup(world: World): Promise<string> {
  const { id } = await world.personal.client.sendText(world.note("group"), "to be kept");
  return id;
}

export const chatActions: Probes = {
  markIsRead: {
    args: peer,
    result: wid,
    shown: async (world) => (await world.item(world.peer, world.note("text"), "sent"))?.status === "read",
  },
  markIsUnread: { args: peer, result: wid, shown: async (world) => (await line(world))?.unread === 1 },
  markPlayed: {
    args: (world) => [world.note("voice")],
    result: z.object({ id: messageKey }),
    shown: async (world) => (await world.item(world.peer, world.note("voice"), "sent"))?.status === "played",
  },
  markIsComposing: { args: peer, result: nothing, shown: typing("typing") },
  markIsRecording: { args: peer, result: nothing, shown: typing("recording") },
  markIsPaused: { args: peer, result: nothing, shown: typing(undefined) },
  archive: { args: peer, result: z.object({ archive: yes }), shown: async (world) => (await line(world))?.archived },
  unarchive: { args: peer, result: wid, shown: async (world) => (await line(world))?.archived === false },
  pin: { args: peer, result: z.object({ pin: yes }), shown: async (world) => (await line(world))?.pinned },
  unpin: { args: peer, result: wid, shown: async (world) => (await line(world))?.pinned === false },
  mute: {
    args: ({ peer: { chatId: id } }) => [id, { duration: 3600 }],
    result: z.object({ isMuted: yes, expiration: z.number() }),
    shown: async (world) => {
      const until = (await line(world))?.mutedUntil ?? 0;
      return until > Date.now() && until < Date.now() + 4_000_000;
    },
  },
  unmute: { args: peer, shown: async (world) => (await line(world))?.mutedUntil === null },
  starMessage: { args: (world) => [world.note("text"), true], result: z.object({ id: messageKey }) },
  openChatBottom: { args: peer, result: yes },
  getActiveChat: { result: z.object({ id: chatId }), note: "the chat that was opened" },
  setInputText: { args: () => ["a draft"], result: z.object({ text: z.literal("a draft"), timestamp: z.number() }) },
  closeChat: { result: yes },
  openChatAt: { args: (world) => [world.peer.chatId, world.note("text")], result: yes },
  openChatFromUnread: { args: peer, result: yes },
  setChatList: {
    args: ({ peer: { chatId: id } }) => ["custom", [id]],
    result: z.object({ type: z.literal("custom"), list: z.array(chatId).length(1) }),
  },
  pinMsg: { args: (world) => [world.note("text")], result: z.object({ pinned: yes, result: z.literal("OK") }) },
  unpinMsg: { args: (world) => [world.note("text")], result: z.object({ pinned: z.literal(false) }) },
  keepMessage: {
    args: (world) => [writeToGroup(world), true],
    result: z.object({ id: messageKey }),
  },
  getNotes: { args: peer, refuses: "connected_device_not_is_business", note: "business accounts only" },
  setNotes: {
    args: ({ peer: { chatId: id } }) => [id, "a note"],
    refuses: "connected_device_not_is_business",
    note: "business accounts only",
  },
  clear: { args: ({ third }) => [third.chatId], result: z.object({ status: z.literal(200) }) },
  delete: {
    args: ({ third }) => [third.chatId],
    result: z.object({ status: z.literal(200) }),
    shown: async (world) => (await line(world, world.third.chatId)) === undefined,
  },
};
