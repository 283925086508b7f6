/**
 * The kinds of messages: for each, the fields of its request, and the columns that hold its content. Text, media and
 * the message it refers to have columns of their own; every other field is kept in the JSON column `content`. A new
 * kind is added to `Content` and to `KINDS` here, to each driver, and to the sandbox.
 */
import { z } from "zod";
import { fieldProblem } from "./errors.ts";
import { MEDIA_KINDS, mediaKinds, type MediaKind } from "./media-kinds.ts";
import type { MediaInfo } from "./media.ts";
import { Card, Emoji, filled, line, mentions, normalizeCards, Recipient } from "./message-fields.ts";
import { richKinds, type RichContent } from "./rich-kinds.ts";
import { object } from "./route.ts";
import type { ContactCard } from "./vcard.ts";

export { acceptsMediaType, hasOption, MEDIA_KINDS, type MediaKind } from "./media-kinds.ts";

/** The content of a message, in either direction. `target` is a WhatsApp key (`true_<chat>_<id>`). */
export type Content<Media> =
  | {
      readonly type: "text";
      readonly text: string;
      readonly linkPreview?: boolean;
      readonly mentionAll?: boolean;
      /** Received: the row or button that was chosen. */
      readonly selectedId?: string;
    }
  | RichContent
  | {
      readonly type: MediaKind;
      readonly media: Media;
      readonly caption?: string;
      readonly mentionAll?: boolean;
      readonly viewOnce?: boolean;
      /** Of a voice message: its length, and 64 samples of its loudness from 0 to 100. Unknown when absent. */
      readonly seconds?: number;
      readonly waveform?: readonly number[];
    }
  | {
      readonly type: "location";
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
      readonly address?: string;
    }
  | { readonly type: "contact"; readonly contacts: readonly ContactCard[] }
  | {
      readonly type: "poll";
      readonly question: string;
      readonly options: readonly string[];
      readonly selectableCount: number;
    }
  | { readonly type: "reaction"; readonly target: string; readonly emoji: string }
  | { readonly type: "forward"; readonly target: string }
  | { readonly type: "edit"; readonly target: string; readonly text: string }
  | { readonly type: "revoke"; readonly target: string }
  /** Received, and of a kind that is not supported; `kind` is WhatsApp's name for it. */
  | { readonly type: "unknown"; readonly kind: string };

export type MessageKind = Content<unknown>["type"];

interface KindDefinition {
  /** The fields of its content. A request has the same, with `messageId` in place of `target`. */
  readonly fields: z.ZodRawShape;
  /**
   * `one`: a request can send it to a single recipient; `many`: in bulk as well. Absent: it has another route, or none.
   */
  readonly recipients?: "one" | "many";
  /** The field that the `text` column holds. */
  readonly text?: "text" | "caption";
  /** Fields of its content that no request has: they are measured when the media are stored, or received. */
  readonly measured?: readonly string[];
  /** Fields that exist only to be refused with a reason, unless they are empty or false. They are not stored. */
  readonly refused?: readonly string[];
  /** The media types that WhatsApp plays or shows as this kind; absent for a kind without media. */
  readonly mediaTypes?: RegExp;
  /** It refers to another message. */
  readonly hasTarget?: true;
  /** Returns fields in the form in which they are stored. Throws problems that the schema cannot express. */
  normalize?(fields: Readonly<Record<string, unknown>>, country: string | null): Readonly<Record<string, unknown>>;
}

/** Kinds that a person can write; the others refer to a message. */
export const CONTENT_KINDS = ["text", ...MEDIA_KINDS, "location", "contact", "poll"] as const;

const target = { messageId: z.string().min(1).max(200).describe("The `id`, `waId` or `waKey` of the message") };

const KINDS = {
  text: {
    fields: { text: z.string().min(1).max(65_536), linkPreview: z.boolean().optional(), ...mentions },
    recipients: "many",
    text: "text",
    measured: ["selectedId"],
  },
  ...mediaKinds,
  location: {
    fields: {
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: line(200).optional().describe("Required with an address"),
      address: line(500).optional(),
    },
    recipients: "many",
    normalize({ name, address }: { name?: string; address?: string }) {
      // WhatsApp Web carries both in one text, the name in its first line.
      if (address !== undefined && name === undefined)
        throw fieldProblem("validation", "/name", "an address needs a name: WhatsApp would show it as the name");
      return {};
    },
  },
  contact: {
    fields: {
      contacts: z.array(Card).min(1).max(20),
    },
    recipients: "many",
    normalize({ contacts }: { contacts: readonly ContactCard[] }, country) {
      return { contacts: normalizeCards(contacts, country, "/contacts") };
    },
  },
  poll: {
    fields: {
      question: filled(255),
      options: z.array(filled(100)).min(2).max(12).describe("Different from each other"),
      selectableCount: z.int().min(1).max(12).default(1),
    },
    recipients: "many",
    normalize({ options, selectableCount }: { options: readonly string[]; selectableCount: number }) {
      if (selectableCount > options.length)
        throw fieldProblem("validation", "/selectableCount", "at most as many as there are options");
      const repeated = options.findIndex((option, index) => options.indexOf(option) < index);
      if (repeated !== -1)
        throw fieldProblem("validation", `/options/${repeated}`, "WhatsApp refuses a poll with two equal options");
      return {};
    },
  },
  ...richKinds,
  reaction: {
    fields: { ...target, emoji: Emoji.describe("One emoji; empty removes the reaction") },
    recipients: "one",
    hasTarget: true,
  },
  forward: { fields: target, recipients: "one", hasTarget: true },
  edit: { fields: { text: z.string() }, text: "text", hasTarget: true },
  revoke: { fields: {}, hasTarget: true },
  unknown: { fields: { kind: z.string() } },
} as const satisfies Readonly<Record<MessageKind, KindDefinition>>;

const kindOf = (type: MessageKind): KindDefinition => KINDS[type];

/** All kinds, in the order in which the API lists them. */
export const MESSAGE_KINDS = Object.keys(KINDS) as [MessageKind, ...MessageKind[]];

export function isMediaKind(type: MessageKind): type is MediaKind {
  return kindOf(type).mediaTypes !== undefined;
}

/** The fields of every request, to one recipient or to many. */
const common = {
  priority: z.enum(["high", "normal", "low"]).default("normal"),
  sendAt: z.iso.datetime({ offset: true }).optional().describe("Not before this time, at most 30 days ahead"),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("Not after this time; 24 hours after it is due by default"),
};

/** The fields of a request to one recipient. */
const single = {
  ...common,
  to: Recipient,
  clientRef: z.string().min(1).max(120).optional().describe("Your own id, unique in the session"),
};

/** The fields of a request to one recipient that does not refer to a message otherwise. */
const replying = {
  ...single,
  replyTo: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The `id`, `waId` or `waKey` of a message in this chat, or of one in a group to answer its author alone"),
};

type KindsFor<R> = { [K in MessageKind]: (typeof KINDS)[K] extends { recipients: R } ? K : never }[MessageKind];
type Requests<Common extends z.ZodRawShape, R> = {
  [K in KindsFor<R>]: z.ZodObject<Common & { type: z.ZodLiteral<K> } & (typeof KINDS)[K]["fields"], z.core.$strict>;
}[KindsFor<R>];

/** The request schemas of the kinds that can be sent to `recipients`, named after the kind: `SendText`, `BulkText`. */
function requestsTo<Common extends z.ZodRawShape, R extends "one" | "many">(
  prefix: "Send" | "Bulk",
  common: Common,
  recipients: readonly R[],
) {
  const kinds = MESSAGE_KINDS.filter((type) => (recipients as readonly unknown[]).includes(kindOf(type).recipients));
  const requests = kinds.map((type) => {
    const id = `${prefix}${type[0]!.toUpperCase()}${type.slice(1)}`;
    return object({ ...common, type: z.literal(type), ...kindOf(type).fields }).meta({ id, title: id });
  });
  // The types of a table's entries are lost when it is walked.
  return requests as unknown as [Requests<Common, R>, ...Requests<Common, R>[]];
}

export const SendMessage = z
  .discriminatedUnion("type", [...requestsTo("Send", replying, ["many"]), ...requestsTo("Send", single, ["one"])])
  .meta({ id: "SendMessage", title: "SendMessage" });
export type SendMessage = z.infer<typeof SendMessage>;

/** A message to many recipients, without the fields that belong to one recipient or one chat. */
export const BulkMessage = z
  .discriminatedUnion("type", requestsTo("Bulk", common, ["many"]))
  .meta({ id: "BulkMessage", title: "BulkMessage" });

/** The request with its fields in the form in which they are stored. Throws problems that the schema cannot express. */
export function normalizeRequest(body: SendMessage, country: string | null): SendMessage {
  const { normalize } = kindOf(body.type);
  return normalize === undefined ? body : { ...body, ...normalize(body, country) };
}

/**
 * A message's content in its columns. The ids of its media and of the message it refers to are in `media_id` and
 * `target_key`.
 */
export interface StoredContent {
  readonly type: MessageKind;
  readonly text: string | null;
  /** A JSON object: the media's info, and the fields without a column. */
  readonly content: string;
}

const COLUMN_FIELDS: ReadonlySet<string> = new Set(["text", "caption", "media", "messageId", "mentions"]);
const jsonFields = new Map(
  MESSAGE_KINDS.map((type) => {
    const { fields, measured = [], refused = [] } = kindOf(type);
    const names = [...Object.keys(fields), ...measured];
    return [type, names.filter((name) => !COLUMN_FIELDS.has(name) && !refused.includes(name))];
  }),
);

function pickJson(type: MessageKind, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of jsonFields.get(type)!) if (fields[name] !== undefined) picked[name] = fields[name];
  return picked;
}

/** The columns for the content of an inbound message or of a request. `media` has been stored; null without media. */
export function toStoredContent(content: Content<unknown> | SendMessage, media: MediaInfo | null): StoredContent {
  const fields: Readonly<Record<string, unknown>> = content;
  const { text } = kindOf(content.type);
  const info =
    media === null ? {} : { media: { mimetype: media.mimetype, filename: media.filename, size: media.size } };
  return {
    type: content.type,
    text: text === undefined ? null : ((fields[text] as string | undefined) ?? null),
    content: JSON.stringify({ ...info, ...pickJson(content.type, fields) }),
  };
}

/** The content of an outbound message, from its columns and its media. */
export function fromStoredContent<Media>(
  stored: StoredContent & { readonly target_key: string | null },
  media: Media | null,
): Content<Media> {
  const { type } = stored;
  const { text, hasTarget } = kindOf(type);
  // Its fields were checked against the schema when the message was accepted.
  return {
    type,
    ...(isMediaKind(type) ? { media } : {}),
    ...(text === undefined || stored.text === null ? {} : { [text]: stored.text }),
    ...(hasTarget ? { target: stored.target_key ?? "" } : {}),
    ...pickJson(type, JSON.parse(stored.content) as Record<string, unknown>),
  } as Content<Media>;
}

/** Stored numbers by name: the queue sends lower ones first. */
export const PRIORITIES = { high: 0, normal: 5, low: 9 } as const;
export type Priority = keyof typeof PRIORITIES;

/** The name of a stored priority. */
export function priorityName(priority: number): Priority {
  return priority <= 0 ? "high" : priority >= 9 ? "low" : "normal";
}

/** ms: how far ahead a message can be scheduled, and how long after it is due it expires by default. */
export const SEND_HORIZON = 30 * 24 * 3_600_000;
export const DEFAULT_EXPIRY = 24 * 3_600_000;
