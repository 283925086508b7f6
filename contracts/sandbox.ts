/** The shapes of the sandbox's routes: phones, what they send and hold, and faults. */
import { z } from "zod";
import { object } from "./route.ts";

/** A phone number with or without +; comes out as its digits. */
export const SandboxNumber = z
  .string()
  .trim()
  .regex(/^\+?[1-9]\d{6,14}$/, "a phone number such as +15550100001 is expected")
  .transform((text) => text.replace("+", ""));
export const SandboxChat = z.string().trim().min(5).max(60).describe("A phone number or a chat id");
export const SandboxName = z.string().trim().min(1).max(100);
const messageId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, "1 to 64 letters, digits, dots or dashes are expected");

export const SANDBOX_MESSAGE_TYPES = [
  "text",
  "image",
  "video",
  "audio",
  "voice",
  "document",
  "sticker",
  "location",
  "contact",
  "poll",
] as const;
const CONTROL_TYPES = ["reaction", "edit", "revoke", "poll_vote"] as const;
const MEDIA_TYPES: ReadonlySet<string> = new Set(["image", "video", "audio", "voice", "document", "sticker"]);
const NEEDS_TARGET: ReadonlySet<string> = new Set(CONTROL_TYPES);

const Device = z
  .object({ id: z.int(), name: z.string(), linkedAt: z.iso.datetime(), connected: z.boolean() })
  .meta({ id: "SandboxDevice", description: "A session that is linked to the phone" });

export const SandboxPhone = z
  .object({
    phone: z.string(),
    chatId: z.string(),
    lid: z.string(),
    name: z.string().nullable(),
    online: z.boolean().describe("It has network: what is sent to it is delivered at once"),
    autoRead: z.boolean(),
    available: z.boolean().describe("Others see it as online"),
    lastSeen: z.iso.datetime().nullable(),
    devices: z.array(Device),
    typing: z
      .array(
        z.object({ chat: z.string(), from: z.string(), state: z.enum(["typing", "recording"]), at: z.iso.datetime() }),
      )
      .describe("Who is seen typing to it now"),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "SandboxPhone" });
export type SandboxPhone = z.output<typeof SandboxPhone>;

const Media = object({
  base64: z.base64().min(1).max(23_000_000),
  mimetype: z.string().regex(/^[\w.+-]+\/[\w.+-]+(?:;.*)?$/),
  filename: z.string().min(1).max(255).optional(),
});

/** What a phone sends. Without `type` it is a text, or with `media` what its media type says. */
export const SandboxMessage = object({
  to: SandboxChat,
  id: messageId.optional().describe("Chosen here by default; a repeat of an id is counted, not delivered again"),
  type: z.enum([...SANDBOX_MESSAGE_TYPES, ...CONTROL_TYPES]).optional(),
  text: z
    .string()
    .max(65_536)
    .optional()
    .describe(
      "The text, the caption of media, the emoji of a reaction (empty takes it away), the new text of an edit, the question of a poll",
    ),
  media: Media.optional(),
  viewOnce: z.boolean().optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
  contacts: z
    .array(object({ name: SandboxName, phone: SandboxNumber.transform((digits) => `+${digits}`) }))
    .min(1)
    .max(50)
    .optional(),
  options: z
    .array(z.string().min(1).max(100))
    .max(12)
    .optional()
    .describe("The options of a poll, or those that a vote chooses"),
  selectableCount: z.int().min(0).max(12).optional().describe("0 lets voters choose any number"),
  replyTo: messageId.optional().describe("The id of a message of the chat"),
  target: messageId.optional().describe("The id of the message that a reaction, edit, revoke or vote is about"),
  mentions: z.array(SandboxChat).max(256).optional(),
})
  .transform((message) => ({ ...message, type: message.type ?? typeOfMedia(message.media?.mimetype) }))
  .superRefine((message, context) => {
    const fault = (field: string, expected: string): void =>
      context.addIssue({
        code: "custom",
        path: [field],
        message: `a message of type ${message.type} needs ${expected}`,
      });
    if (message.type === "text" && !message.text) fault("text", "a text");
    if (MEDIA_TYPES.has(message.type) && message.media === undefined) fault("media", "media");
    if (NEEDS_TARGET.has(message.type) && message.target === undefined) fault("target", "the id of a message");
    if (message.type === "location" && (message.latitude === undefined || message.longitude === undefined))
      fault("latitude", "latitude and longitude");
    if (message.type === "contact" && message.contacts === undefined) fault("contacts", "contacts");
    if (message.type === "poll" && (!message.text || (message.options?.length ?? 0) < 2))
      fault("options", "a question in text and 2 to 12 options");
  });
export type SandboxMessage = z.output<typeof SandboxMessage>;

function typeOfMedia(mimetype: string | undefined): (typeof SANDBOX_MESSAGE_TYPES)[number] {
  if (mimetype === undefined) return "text";
  const kind = mimetype.split("/")[0];
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
}

export const SandboxItem = z
  .object({
    id: z.string(),
    direction: z.enum(["received", "sent"]),
    from: z.string(),
    to: z.string(),
    chat: z.string().describe("The other person or the group"),
    type: z.enum(SANDBOX_MESSAGE_TYPES),
    text: z.string().optional(),
    media: z
      .object({ base64: z.string(), mimetype: z.string(), filename: z.string().nullable(), size: z.int() })
      .optional(),
    viewOnce: z.boolean().optional(),
    location: z
      .object({
        latitude: z.number(),
        longitude: z.number(),
        name: z.string().nullable(),
        address: z.string().nullable(),
      })
      .optional(),
    contacts: z.array(z.object({ name: z.string(), phone: z.string() })).optional(),
    options: z.array(z.string()).optional(),
    selectableCount: z.int().optional(),
    quotedId: z.string().optional(),
    mentions: z.array(z.string()).optional(),
    forwarded: z.boolean().optional(),
    pushName: z.string().nullable(),
    at: z.iso.datetime(),
    status: z
      .enum(["sent", "delivered", "read", "played"])
      .describe("Received: delivered once this phone has it. Sent: the furthest that a receiver has acknowledged"),
    duplicates: z.int().describe("Further arrivals of the same id at the switchboard; they were not delivered"),
    reactions: z.array(z.object({ from: z.string(), emoji: z.string() })),
    votes: z.array(z.object({ from: z.string(), options: z.array(z.string()) })),
    edited: z.boolean(),
    revoked: z.boolean(),
  })
  .meta({ id: "SandboxItem" });
export type SandboxItem = z.output<typeof SandboxItem>;

/** What goes wrong on purpose. A field that is left out is off. */
export const SandboxFaults = object({
  latencyMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe("Everything that is told to the sessions of the phones comes so much later"),
  ackDelayMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(0)
    .describe("The acknowledgement of a send, and the receipts after it, come so much later"),
  dropAcks: z
    .boolean()
    .default(false)
    .describe("Messages arrive, but sends are never acknowledged and no receipts come until this is taken away"),
  failSends: z
    .union([z.boolean(), z.int().min(1).max(1000)])
    .default(false)
    .describe("Sends are refused: all of them, or the next so many"),
  disconnect: z
    .int()
    .min(0)
    .max(600_000)
    .default(0)
    .describe("Milliseconds without network from now on, for the sessions of the phones"),
  duplicate: z.boolean().default(false).describe("Messages and receipts are told to sessions twice"),
  failLinks: z.boolean().default(false).describe("QR codes count as expired and pairing codes are refused"),
  unlink: z
    .enum(["conflict", "banned", "tos_block"])
    .nullable()
    .default(null)
    .describe("Sessions of the phones are thrown out with this reason while it is set"),
});
export type SandboxFaults = z.output<typeof SandboxFaults>;
