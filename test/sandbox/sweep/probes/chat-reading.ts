/** `WPP.chat`: reading chats and messages. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, messageKey, yes } from "../shapes.ts";
import type { World } from "../world.ts";

interface InPage {
  WPP: {
    chat: {
      getMessageById(id: string): Promise<unknown>;
      getQuotedMsgKey(message: unknown): unknown;
      getVotes(id: string): Promise<{ votes: unknown[] }>;
    };
  };
}

const read = z.object({ id: messageKey, type: z.string() });

/** The key of the account's poll, as soon as the page has the peer's vote. */
async function voted(world: World): Promise<string> {
  const { peer, personal } = world;
  const key = world.note("sentPoll");
  const vote = { type: "poll_vote", target: key.split("_")[2], options: ["two"] };
  await world.send(peer, personal.phone, vote);
  const hasVote = async (poll: string): Promise<boolean> => {
    const { WPP } = globalThis as unknown as InPage;
    return (await WPP.chat.getVotes(poll)).votes.length > 0;
  };
  await personal.page.waitForFunction(hasVote, { polling: 50 }, world.idsOf().inPage(key));
  return key;
}

export const chatReading: Probes = {
  get: { args: ({ peer }) => [peer.chatId], result: z.object({ id: chatId, unreadCount: z.int() }) },
  list: { args: () => [{ onlyUsers: true }], result: z.array(z.object({ id: chatId })).min(2) },
  getMessageById: { args: (world) => [world.note("text")], result: read },
  getMessages: { args: ({ peer }) => [peer.chatId, { count: 5 }], result: z.array(read).length(5) },
  getQuotedMsg: { args: (world) => [world.note("answer")], result: z.object({ body: z.literal("from the peer") }) },
  getQuotedMsgKey: {
    args: (world) => [world.note("answer")],
    inPage: async (id: string) => {
      const { WPP } = globalThis as unknown as InPage;
      return WPP.chat.getQuotedMsgKey(await WPP.chat.getMessageById(id));
    },
    result: messageKey,
  },
  getReactions: {
    args: (world) => [world.note("text")],
    result: z.object({
      reactionByMe: z.object({ reactionText: z.literal("👍") }),
      reactions: z.array(z.object({ aggregateEmoji: z.literal("👍"), hasReactionByMe: yes })).length(1),
    }),
  },
  getVotes: {
    args: (world) => [voted(world)],
    result: z.object({ msgId: messageKey, votes: z.array(z.object({ sender: chatId })).length(1) }),
  },
  getMessageACK: {
    args: (world) => [world.note("sentText")],
    result: z.object({
      ack: z.int().min(2),
      fromMe: yes,
      participants: z.array(z.object({ id: chatId, deliveredAt: z.int().min(1) })).length(1),
    }),
  },
  getPlatformFromMessage: { args: (world) => [world.note("text")], result: z.literal("iphone") },
  getUnreadChats: { args: () => [false], result: z.array(z.object({ id: chatId })) },
  getLastSeen: { args: ({ peer }) => [peer.chatId], result: z.union([z.number().min(1), z.literal(false)]) },
  downloadMedia: {
    args: (world) => [world.note("image")],
    result: z.object({ bytes: z.int().min(60), type: z.string() }),
  },
  canReply: { args: (world) => [world.note("text")], result: yes },
  canMute: { args: ({ peer }) => [peer.chatId], result: yes },
  canMarkPlayed: { args: (world) => [world.note("voice")], result: yes },
};
