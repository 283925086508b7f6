/** What a message can hold, as clients write it. */
import { z } from "zod";
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
  mimetype: z
    .string()
    .regex(/^[a-z]+\/[\w.+-]+(;.*)?$/i, "a media type such as image/png is expected")
    .max(100)
    .optional(),
  filename: z.string().min(1).max(200).optional(),
}).refine((media) => [media.url, media.base64, media.uploadId].filter((way) => way !== undefined).length === 1, {
  error: "exactly one of url, base64 and uploadId is expected",
});
export type MediaSource = z.infer<typeof MediaSource>;

/** The fields that every send has. */
const common = {
  to: Recipient.describe("E.164 with or without +, a local number when the session has a country, or a WhatsApp id"),
  replyTo: z.string().max(200).optional().describe("The id of a message of this chat"),
  mentions: z.array(Recipient).max(256).optional(),
  clientRef: z.string().min(1).max(120).optional().describe("Your own id, unique in the session"),
  priority: z.enum(["high", "normal", "low"]).default("normal"),
  sendAt: z.iso.datetime({ offset: true }).optional().describe("Not before this time, at most 30 days ahead"),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe("Not after this time; 24 hours after it is due by default"),
};

const Text = z.string().min(1).max(65_536);
const Caption = z.string().max(65_536).optional();

function media<T extends string>(type: T) {
  return object({ ...common, type: z.literal(type), media: MediaSource, caption: Caption, viewOnce: z.boolean().optional() });
}

export const SendMessage = z
  .discriminatedUnion("type", [
    object({ ...common, type: z.literal("text"), text: Text, linkPreview: z.boolean().optional() }),
    media("image"),
    media("video"),
    media("audio"),
    media("voice"),
    media("document"),
    media("sticker"),
    object({
      ...common,
      type: z.literal("location"),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: z.string().max(200).optional(),
      address: z.string().max(500).optional(),
    }),
    object({
      ...common,
      type: z.literal("contact"),
      contacts: z
        .array(object({ name: z.string().min(1).max(200), phone: Recipient }))
        .min(1)
        .max(20),
    }),
    object({
      ...common,
      type: z.literal("poll"),
      question: z.string().min(1).max(255),
      options: z.array(z.string().min(1).max(100)).min(2).max(12),
      selectableCount: z.int().min(1).max(12).default(1),
    }),
    object({ ...common, type: z.literal("reaction"), messageId: z.string().max(200), emoji: z.string().max(16).describe("Empty takes the reaction back") }),
    object({ ...common, type: z.literal("forward"), messageId: z.string().max(200) }),
  ])
  .meta({ id: "SendMessage" });
export type SendMessage = z.infer<typeof SendMessage>;

export const PRIORITIES = { high: 0, normal: 5, low: 9 } as const;
export type Priority = keyof typeof PRIORITIES;

/** The name of a stored priority. */
export function priorityName(priority: number): Priority {
  return priority <= 0 ? "high" : priority >= 9 ? "low" : "normal";
}

/** Times in ms: how far ahead a send may be planned, how long it waits at most, and how long by default. */
export const SEND_HORIZON = 30 * 24 * 3_600_000;
export const DEFAULT_EXPIRY = 24 * 3_600_000;
