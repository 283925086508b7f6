/** wppconnect's client: sending. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { mediaFile, PNG } from "../../../harness/media-files.ts";
import type { Probes } from "../probe.ts";
import { DATA, delivered, keepsAndShows, message, nothing, sent, yes } from "../shapes.ts";
import type { World } from "../world.ts";

const key = (result: { id: string }): string => result.id;
const isImage = delivered(({ type }) => type === "image");
const isGif = delivered(({ type }) => type === "gif");
const isVoice = delivered(({ type }) => type === "voice");
const isSticker = delivered(({ type }) => type === "sticker");

/** A file on the disk, in the world's directory. */
function file(world: World, name: string, bytes: Buffer): string {
  const path = join(mkdtempSync(join(world.dir, "file-")), name);
  writeFileSync(path, bytes);
  return path;
}

/** More statuses of this type than the probes of wa-js have posted. */
function isPosted(type: string, more: number) {
  return async (world: World): Promise<boolean> => {
    const items = await world.inbox(world.peer);
    return items.filter((item) => item.chat === "status@broadcast" && item.type === type).length > more;
  };
}

export const clientSending: Probes = {
  sendText: {
    args: ({ peer }) => [peer.chatId, "from the client"],
    result: message,
    shown: keepsAndShows(
      "clientText",
      key,
      delivered(({ text }) => text === "from the client"),
    ),
  },
  reply: {
    args: (world) => [world.peer.chatId, "a reply", world.note("text")],
    result: message,
    shown: delivered(({ quotedId }) => quotedId !== undefined),
  },
  sendLinkPreview: {
    args: ({ peer }) => [peer.chatId, "https://example.com/", "look"],
    result: sent,
    shown: delivered(({ text }) => text === "https://example.com/\nlook"),
  },
  sendMessageWithThumb: {
    args: ({ peer }) => [DATA.png, "https://example.com/", "A title", "About it", peer.chatId],
    result: sent,
    shown: delivered(({ text, details }) => text === "https://example.com/" && details?.["title"] === "A title"),
    note: "with the preview of the link",
  },
  sendMentioned: {
    args: ({ peer }) => [peer.chatId, `look @${peer.phone.slice(1)}`, [peer.phone.slice(1)]],
    result: sent,
    shown: delivered(({ mentions }) => mentions?.length === 1),
  },
  sendImage: {
    args: (world) => [world.peer.chatId, file(world, "dot.png", PNG), "dot.png", "a dot"],
    result: sent,
    shown: isImage,
  },
  sendImageFromBase64: { args: ({ peer }) => [peer.chatId, DATA.png, "dot.png"], result: sent, shown: isImage },
  sendFile: {
    args: ({ peer }) => [peer.chatId, DATA.document, { type: "document", filename: "report.pdf" }],
    result: sent,
    shown: delivered(({ media }) => media?.filename === "report.pdf"),
  },
  sendFileFromBase64: {
    args: ({ peer }) => [peer.chatId, DATA.document, "report.pdf", "read"],
    result: sent,
    shown: delivered(({ media }) => media?.filename === "report.pdf"),
  },
  sendPtt: {
    args: (world) => [world.peer.chatId, file(world, "voice.ogg", mediaFile("voice.ogg"))],
    result: sent,
    shown: isVoice,
  },
  sendPttFromBase64: { args: ({ peer }) => [peer.chatId, DATA.voice, "voice.ogg"], result: sent, shown: isVoice },
  sendVideoAsGif: {
    args: (world) => [world.peer.chatId, file(world, "clip.mp4", mediaFile("clip.mp4")), "clip.mp4", "moving"],
    result: sent,
    shown: isGif,
  },
  sendVideoAsGifFromBase64: {
    args: ({ peer }) => [peer.chatId, DATA.video, "clip.mp4", "moving"],
    result: sent,
    shown: isGif,
  },
  sendGif: {
    args: (world) => [world.peer.chatId, file(world, "anim.gif", mediaFile("anim.gif")), "anim.gif", "moving"],
    result: sent,
    shown: isGif,
    note: "with ffmpeg",
  },
  sendGifFromBase64: {
    args: ({ peer }) => [peer.chatId, DATA.gif, "anim.gif", "moving"],
    result: sent,
    shown: isGif,
    note: "with ffmpeg",
  },
  sendImageAsSticker: { args: ({ peer }) => [peer.chatId, DATA.png], result: sent, shown: isSticker },
  sendImageAsStickerGif: { args: ({ peer }) => [peer.chatId, DATA.gif], result: sent, shown: isSticker },
  sendContactVcard: {
    args: ({ peer, third }) => [peer.chatId, third.chatId, "Third"],
    result: sent,
    shown: delivered(({ contacts }) => contacts?.length === 1),
  },
  sendContactVcardList: {
    args: ({ peer, third }) => [peer.chatId, [third.chatId, peer.chatId]],
    result: sent,
    shown: delivered(({ contacts }) => contacts?.length === 2),
  },
  sendLocation: {
    args: ({ peer }) => [peer.chatId, { lat: 48.1, lng: 11.5, name: "Here" }],
    result: sent,
    shown: delivered(({ location }) => location?.name === "Here"),
  },
  sendPollMessage: {
    args: ({ peer }) => [peer.chatId, "Which?", ["one", "two"]],
    result: message,
    shown: delivered(({ type }) => type === "poll"),
  },
  sendListMessage: {
    args: ({ peer }) => [
      peer.chatId,
      {
        buttonText: "Open",
        description: "Choose",
        sections: [{ title: "Food", rows: [{ rowId: "1", title: "Pizza", description: "" }] }],
      },
    ],
    result: message,
    shown: delivered(({ type }) => type === "list"),
  },
  sendPixKey: {
    args: ({ peer }) => [peer.chatId, { keyType: "EMAIL", name: "Shop", key: "shop@example.com" }],
    result: message,
    shown: delivered(({ type }) => type === "interactive"),
  },
  sendOrderMessage: {
    args: ({ peer }) => [peer.chatId, [{ type: "custom", name: "Soap", price: 5000, qnt: 2 }], {}],
    result: message,
    shown: delivered(({ type }) => type === "interactive"),
  },
  sendMessageOptions: { impossible: "it takes the promise of a message id for the id" },
  sendImageWithProduct: { impossible: "it uploads by `processAttachments`, which WhatsApp Web no longer has" },
  sendReactionToMessage: {
    args: (world) => [world.note("text"), "🎉"],
    result: z.object({ sendMsgResult: z.literal("OK") }),
    shown: async (world) => (await world.item(world.peer, world.note("text"), "sent"))?.reactions[0]?.emoji === "🎉",
  },
  editMessage: {
    args: (world) => [world.note("clientText"), "edited"],
    result: z.looseObject({ body: z.literal("edited") }),
    shown: async (world) => (await world.item(world.peer, world.note("clientText")))?.text === "edited",
  },
  forwardMessage: {
    args: (world) => [world.third.chatId, world.note("text")],
    shown: async (world) => (await world.inbox(world.third)).filter(({ forwarded }) => forwarded === true).length > 2,
  },
  forwardMessagesV2: {
    args: (world) => [world.third.chatId, [world.note("answer")]],
    shown: async (world) => (await world.inbox(world.third)).some(({ text }) => text === "an answer"),
  },
  sendImageStatus: { args: () => [DATA.png], shown: isPosted("image", 1) },
  sendVideoStatus: { args: () => [DATA.video], shown: isPosted("video", 1) },
  sendTextStatus: {
    args: () => ["by the client"],
    shown: async (world) => (await world.inbox(world.peer)).some(({ text }) => text === "by the client"),
  },
  sendReadStatus: {
    args: (world) => [world.peer.chatId, world.note("peersStatus2")],
    result: nothing,
    shown: async (world) => (await world.item(world.peer, world.note("peersStatus2"), "sent"))?.status === "read",
  },
  deleteMessage: {
    args: (world) => [world.peer.chatId, world.note("clientText")],
    result: yes,
    shown: async (world) => (await world.item(world.peer, world.note("clientText")))?.revoked,
  },
};
