/** A message as the API returns it, its timeline, and the votes of a poll. */
import { z } from "zod";
import { Address } from "./address.ts";
import { MESSAGE_KINDS } from "./message-kinds.ts";
import { MESSAGE_FAILURES, MESSAGE_STATUSES } from "./states.ts";

export const TimelineEntry = z
  .object({ status: z.enum(MESSAGE_STATUSES), at: z.iso.datetime(), detail: z.string().optional() })
  .meta({ id: "TimelineEntry" });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

const Phone = z.object({ phone: z.string(), label: z.string().optional().describe("Such as HOME or WORK") });

/** The fields of all types in one schema: a reader looks at those of the message's type. */
const MessageContent = z
  .object({
    latitude: z.number().optional(),
    longitude: z.number().optional(),
    name: z.string().optional().describe("The name of a place"),
    address: z.string().optional(),
    contacts: z
      .array(
        z.object({
          name: z.string(),
          phone: z.string().describe("The first number; empty when the card has none"),
          otherPhones: z.array(Phone).optional().describe("Further numbers"),
          organization: z.string().optional().describe("Where the person works"),
          emails: z.array(z.string()).optional().describe("E-mail addresses"),
        }),
      )
      .optional(),
    question: z.string().optional(),
    options: z.array(z.string()).optional(),
    selectableCount: z.int().optional().describe("How many options one person can choose; 0 for any number"),
    emoji: z.string().optional(),
    viewOnce: z.boolean().optional(),
    linkPreview: z.boolean().optional(),
    mentionAll: z.boolean().optional().describe("It mentions everyone in the group"),
    seconds: z.number().optional().describe("The length of a voice message"),
    waveform: z.array(z.number()).optional().describe("64 samples of a voice message's loudness, from 0 to 100"),
    title: z.string().optional().describe("Of a list, of buttons or of an order"),
    footer: z.string().optional().describe("Below a list or buttons"),
    buttonText: z.string().optional().describe("The button that opens a list"),
    sections: z
      .array(
        z.object({
          title: z.string(),
          rows: z
            .array(z.object({ id: z.string(), title: z.string(), description: z.string().optional() }))
            .describe("What can be chosen"),
        }),
      )
      .optional()
      .describe("The sections of a list"),
    buttons: z
      .array(
        z.object({
          text: z.string(),
          id: z.string().optional(),
          phone: z.string().optional(),
          url: z.string().optional(),
          code: z.string().optional(),
        }),
      )
      .optional()
      .describe("Each answers (`id`), calls (`phone`), opens (`url`) or copies (`code`)"),
    selectedId: z.string().optional().describe("Of a text: the row or button that the person chose"),
    description: z.string().optional().describe("Of an event"),
    startsAt: z.string().optional().describe("Of an event"),
    endsAt: z.string().optional().describe("Of an event"),
    place: z
      .object({ name: z.string(), latitude: z.number(), longitude: z.number() })
      .optional()
      .describe("Where an event takes place"),
    call: z.string().optional().describe("Of an event: voice or video"),
    keyType: z.string().optional().describe("Of a Pix key"),
    key: z.string().optional().describe("A Pix key"),
    instructions: z.string().optional().describe("With a Pix key"),
    items: z
      .array(
        z.object({
          name: z.string(),
          quantity: z.number().describe("How many of it"),
          price: z.number().describe("Of one"),
        }),
      )
      .optional()
      .describe("What is to be paid; prices in thousandths of the unit of the currency"),
    discount: z.number().optional().describe("Is taken off"),
    tax: z.number().optional().describe("Is added"),
    shipping: z.number().optional().describe("Is added"),
    total: z.number().optional().describe("What is to be paid, or was ordered"),
    currency: z.string().optional().describe("ISO 4217"),
    orderId: z.string().optional().describe("What a customer has ordered from the catalog"),
    token: z.string().optional().describe("Needed to read that order"),
    itemCount: z.int().optional().describe("How many items were ordered"),
    kind: z.string().optional().describe("WhatsApp's name for a type that is not supported"),
  })
  .catchall(z.unknown())
  .meta({ id: "MessageContent", description: "The rest of the content; which fields there are depends on the type" });

export const Message = z
  .object({
    id: z.string(),
    sessionId: z.string(),
    direction: z.enum(["outbound", "inbound"]),
    type: z.enum(MESSAGE_KINDS),
    chat: Address,
    from: Address.nullable().describe("Who wrote it; null for outbound"),
    pushName: z.string().nullable(),
    status: z.enum(MESSAGE_STATUSES),
    text: z.string().nullable().describe("The text, or the caption of media"),
    content: MessageContent,
    media: z
      .object({ mimetype: z.string(), filename: z.string().nullable(), size: z.int(), url: z.string() })
      .nullable(),
    replyTo: z.string().nullable(),
    mentions: z.array(z.string()),
    reactions: z.record(z.string(), z.string()).describe("Emoji by the chat id of the person who reacted"),
    waId: z.string().describe("WhatsApp's id of the message; for an outbound message it is chosen on acceptance"),
    waKey: z
      .string()
      .nullable()
      .describe("WhatsApp's whole key, `<fromMe>_<chat>_<waId>`, in groups with the author; null until it is sent"),
    clientRef: z.string().nullable(),
    batchId: z.string().nullable(),
    retryOf: z.string().nullable(),
    priority: z.enum(["high", "normal", "low"]),
    attempts: z.int(),
    error: z
      .object({ code: z.string(), detail: z.string().nullable() })
      .nullable()
      .describe(`Why it failed, or why it waits. Final codes: ${MESSAGE_FAILURES.join(", ")}`),
    waiting: z.string().nullable().describe("For a queued message: what it waits for, such as session_not_connected"),
    sendAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    editedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

export const Poll = z
  .object({
    question: z.string(),
    selectableCount: z.int().describe("How many options one person can choose; 0 for any number"),
    options: z.array(
      z.object({
        name: z.string(),
        votes: z.int().describe("How many people chose it"),
        voters: z.array(Address).describe("Who chose it"),
      }),
    ),
    voters: z.int().describe("How many people have chosen at least one option"),
  })
  .meta({ id: "Poll" });
export type Poll = z.infer<typeof Poll>;
