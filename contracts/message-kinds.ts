/** What a message can hold, as clients write it. */
import { z } from "zod";
import { MEDIA_TYPE } from "./media.ts";
import { object } from "./route.ts";

const Recipient = z.string().min(3).max(80);

/** Media by one of three ways; bytes by base64 are counted decoded. */
export const MediaSource = object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  base64: z.string().min(4).optional(),
  uploadId: z.string().max(60).optional(),
  mimetype: z.string().regex(MEDIA_TYPE, "a media type such as image/png is expected").max(100).optional(),
  filename: z.string().min(1).max(200).optional(),
}).refine((media) => [media.url, media.base64, media.uploadId].filter((way) => way !== undefined).length === 1, {
  error: "exactly one of url, base64 and uploadId is expected",
});
export type MediaSource = z.infer<typeof MediaSource>;

/** The fields that every send has, to one recipient or to many. */
const shared = {
  mentions: z.array(Recipient).max(256).optional(),
  priority: z.enum(["high", "normal", "low"]).default("normal"),
  sendAt: z.iso.datetime({ offset: true }).optional().describe("Not before this time, at most 30 days ahead"),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("Not after this time; 24 hours after it is due by default"),
};

/** The fields that belong to one recipient. */
const single = {
  ...shared,
  to: Recipient.describe("E.164 with or without +, a local number when the session has a country, or a WhatsApp id"),
  replyTo: z.string().max(200).optional().describe("The id of a message of this chat"),
  clientRef: z.string().min(1).max(120).optional().describe("Your own id, unique in the session"),
};

const Text = z.string().min(1).max(65_536);

function mediaOf<T extends string>(type: T) {
  return {
    type: z.literal(type),
    media: MediaSource,
    caption: z.string().max(65_536).optional(),
    viewOnce: z.boolean().optional(),
  };
}

/** The contents by type. */
const content = {
  text: { type: z.literal("text"), text: Text, linkPreview: z.boolean().optional() },
  image: mediaOf("image"),
  video: mediaOf("video"),
  audio: mediaOf("audio"),
  voice: mediaOf("voice"),
  document: mediaOf("document"),
  sticker: mediaOf("sticker"),
  location: {
    type: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: z.string().max(200).optional(),
    address: z.string().max(500).optional(),
  },
  contact: {
    type: z.literal("contact"),
    contacts: z
      .array(object({ name: z.string().min(1).max(200), phone: Recipient }))
      .min(1)
      .max(20),
  },
  poll: {
    type: z.literal("poll"),
    question: z.string().min(1).max(255),
    options: z.array(z.string().min(1).max(100)).min(2).max(12),
    selectableCount: z.int().min(1).max(12).default(1),
  },
};

export const SendMessage = z
  .discriminatedUnion("type", [
    object({ ...single, ...content.text }),
    object({ ...single, ...content.image }),
    object({ ...single, ...content.video }),
    object({ ...single, ...content.audio }),
    object({ ...single, ...content.voice }),
    object({ ...single, ...content.document }),
    object({ ...single, ...content.sticker }),
    object({ ...single, ...content.location }),
    object({ ...single, ...content.contact }),
    object({ ...single, ...content.poll }),
    object({
      ...single,
      type: z.literal("reaction"),
      messageId: z.string().max(200),
      emoji: z.string().max(16).describe("Empty takes the reaction back"),
    }),
    object({ ...single, type: z.literal("forward"), messageId: z.string().max(200) }),
  ])
  .meta({ id: "SendMessage" });
export type SendMessage = z.infer<typeof SendMessage>;

/** A message for many: what does not belong to one recipient or one chat. */
export const BulkMessage = z
  .discriminatedUnion("type", [
    object({ ...shared, ...content.text }),
    object({ ...shared, ...content.image }),
    object({ ...shared, ...content.video }),
    object({ ...shared, ...content.audio }),
    object({ ...shared, ...content.voice }),
    object({ ...shared, ...content.document }),
    object({ ...shared, ...content.sticker }),
    object({ ...shared, ...content.location }),
    object({ ...shared, ...content.contact }),
    object({ ...shared, ...content.poll }),
  ])
  .meta({ id: "BulkMessage" });

export const PRIORITIES = { high: 0, normal: 5, low: 9 } as const;
export type Priority = keyof typeof PRIORITIES;

/** The name of a stored priority. */
export function priorityName(priority: number): Priority {
  return priority <= 0 ? "high" : priority >= 9 ? "low" : "normal";
}

/** Times in ms: how far ahead a send may be planned, how long it waits at most, and how long by default. */
export const SEND_HORIZON = 30 * 24 * 3_600_000;
export const DEFAULT_EXPIRY = 24 * 3_600_000;
