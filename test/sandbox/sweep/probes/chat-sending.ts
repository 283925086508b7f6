/** `WPP.chat`: sending messages, and what prepares them. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, DATA, delivered, keepsAndShows, messageKey, sent } from "../shapes.ts";

interface InPage {
  WPP: { chat: { get(id: string): unknown; prepareRawMessage(chat: unknown, raw: object): unknown } };
}

const key = (result: { id: string }): string => result.id;
const inviteGroup = "120363000000000001@g.us";

export const chatSending: Probes = {
  find: { args: ({ peer }) => [peer.chatId], result: z.object({ id: chatId }) },
  generateMessageID: { args: ({ peer }) => [peer.chatId], result: messageKey },
  sendTextMessage: {
    args: ({ peer }) => [peer.chatId, "hello", { createChat: true }],
    result: sent,
    shown: keepsAndShows(
      "sentText",
      key,
      delivered(({ text }) => text === "hello"),
    ),
  },
  prepareLinkPreview: {
    args: () => [
      { type: "chat", body: "see https://example.com/page" },
      { linkPreview: { title: "A page", canonicalUrl: "https://example.com/page", doNotPlayInline: true } },
    ],
    result: z.object({ subtype: z.literal("url"), title: z.literal("A page") }),
  },
  prepareMessageButtons: {
    args: () => [
      { type: "chat", body: "choose" },
      { buttons: [{ id: "a", text: "A" }], title: "T", footer: "F" },
    ],
    result: z.object({ isFromTemplate: z.literal(true), hydratedButtons: z.array(z.unknown()).length(1) }),
  },
  prepareRawMessage: {
    args: ({ peer }) => [peer.chatId],
    inPage: async (id: string) => {
      const { WPP } = globalThis as unknown as InPage;
      return WPP.chat.prepareRawMessage(WPP.chat.get(id), { type: "chat", body: "raw" });
    },
    result: z.object({ id: messageKey, from: chatId, to: chatId, self: z.literal("out") }),
  },
  sendRawMessage: {
    args: ({ peer }) => [peer.chatId, { type: "chat", body: "raw" }],
    result: sent,
    shown: delivered(({ text }) => text === "raw"),
  },
  sendFileMessage: {
    args: ({ peer }) => [peer.chatId, DATA.png, { type: "image", caption: "a dot" }],
    result: sent,
    shown: keepsAndShows(
      "sentImage",
      key,
      delivered(({ type, text }) => type === "image" && text === "a dot"),
    ),
  },
  sendLocationMessage: {
    args: ({ peer }) => [peer.chatId, { lat: "48.1", lng: 11.5, name: "Here", address: "A street" }],
    result: sent,
    shown: delivered(({ location }) => location?.latitude === 48.1 && location.address === "A street"),
  },
  sendVCardContactMessage: {
    args: ({ peer, third }) => [peer.chatId, { id: third.chatId, name: "Number three" }],
    result: sent,
    shown: delivered(({ contacts }) => contacts?.[0]?.name === "Number three"),
  },
  sendCreatePollMessage: {
    args: ({ peer }) => [peer.chatId, "Which?", ["one", "two"], { selectableCount: 1 }],
    result: sent,
    shown: keepsAndShows(
      "sentPoll",
      key,
      delivered(({ options }) => options?.length === 2),
    ),
  },
  sendListMessage: {
    args: ({ peer }) => [
      peer.chatId,
      {
        buttonText: "Open",
        description: "Choose",
        title: "Menu",
        sections: [{ title: "Food", rows: [{ rowId: "1", title: "Pizza", description: "" }] }],
      },
    ],
    result: sent,
    shown: delivered(),
  },
  sendEventMessage: {
    args: ({ peer }) => [peer.chatId, { name: "Meeting", startTime: 1_900_000_000, callType: "video" }],
    result: sent,
    shown: delivered(),
  },
  sendScheduledCallMessage: {
    args: ({ peer }) => [
      peer.chatId,
      { title: "Call", scheduledTimestampMs: 1_900_000_000_000, callType: "voice", description: "soon" },
    ],
    result: sent,
    shown: delivered(),
  },
  sendCatalogMessage: {
    args: ({ peer, business }) => [peer.chatId, business.phone.chatId, { textMessage: "Look" }],
    result: sent,
    shown: delivered(({ text }) => text?.startsWith("Look\nhttps://wa.me/c/") === true),
  },
  sendChargeMessage: {
    args: ({ peer }) => [peer.chatId, [{ type: "custom", name: "Soap", price: 5000, qnt: 2 }], { notes: "pay" }],
    result: sent,
    shown: delivered(),
  },
  sendPixKeyMessage: {
    args: ({ peer }) => [peer.chatId, { keyType: "EMAIL", name: "Shop", key: "shop@example.com" }],
    result: sent,
    shown: delivered(),
  },
  sendGroupInviteMessage: {
    args: ({ peer }) => [
      peer.chatId,
      { inviteCode: "abcdefgh", inviteCodeExpiration: 1_900_000_000, groupId: inviteGroup, groupName: "A group" },
    ],
    result: sent,
    shown: delivered(),
  },
  requestPhoneNumber: { args: ({ peer }) => [peer.lid], result: sent, shown: delivered() },
  sendReactionToMessage: {
    args: (world) => [world.note("text"), "👍"],
    result: z.object({ sendMsgResult: z.literal("OK") }),
    shown: async (world) => (await world.item(world.peer, world.note("text"), "sent"))?.reactions[0]?.emoji === "👍",
  },
  editMessage: {
    args: (world) => [world.note("sentText"), "hello again"],
    result: z.object({ id: messageKey }),
    shown: async (world) => (await world.item(world.peer, world.note("sentText")))?.text === "hello again",
  },
  forwardMessage: {
    args: (world) => [world.third.chatId, world.note("text")],
    shown: async (world) =>
      (await world.inbox(world.third)).some((item) => item.text === "from the peer" && item.forwarded === true),
    note: "through the Bootloader",
  },
  forwardMessages: {
    args: (world) => [world.third.chatId, [world.note("image")], { displayCaptionText: true }],
    result: z.array(z.unknown()),
    shown: async (world) =>
      (await world.inbox(world.third)).some((item) => item.type === "image" && item.text === "a dot"),
    note: "through the Bootloader",
  },
  replyToButtonMessage: {
    args: (world) => [world.peer.chatId, world.note("buttons"), { buttonIndex: 0 }],
    shown: async (world) => (await world.inbox(world.peer)).some((item) => item.text === "Yes"),
  },
  rehydrateMessage: {
    args: (world) => [JSON.stringify({ id: world.note("text"), type: "chat", body: "from the peer" })],
    result: z.object({ id: messageKey, body: z.literal("from the peer") }),
  },
  deleteMessage: {
    args: (world) => [world.peer.chatId, world.note("sentImage"), false, true],
    result: z.object({ isRevoked: z.literal(true), sendMsgResult: z.literal("OK") }),
    shown: async (world) => (await world.item(world.peer, world.note("sentImage")))?.revoked,
  },
};
