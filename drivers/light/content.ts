/** Translates message contents between the driver contract and the sandbox's wire format. */
import { readFile } from "node:fs/promises";
import type { MediaBytes, StoredMedia } from "../../contracts/media.ts";
import type { RichContent } from "../../contracts/rich-kinds.ts";
import type { WireMessage, WireOperations } from "../../contracts/sandbox-wire.ts";
import { DriverError, type Content, type OutboundMessage } from "../../contracts/transport.ts";
import { formatVcard, parseVcard } from "../../contracts/vcard.ts";
import { RichAttributes, toRichContent } from "../rich-content.ts";
import { requireKey, targetNotFound } from "../target-key.ts";
import { toRichBody } from "./rich-details.ts";
import { senderOf, type Self } from "./keys.ts";
import type { Request } from "./requests.ts";

export type Draft = WireOperations["send"][0];
type Body = Omit<Draft, "id" | "to">;

/** Bytes that fit into a frame as Base64. */
const MEDIA_LIMIT = 17 * 1024 * 1024;

/** The wire's form of an outbound message. Media are read from the store, a forwarded message from the sandbox. */
export async function toDraft(message: OutboundMessage, self: Self, request: Request): Promise<Draft> {
  const body = await toBody(message.content, self, request);
  const draft: Draft = { ...body, id: message.waId, to: message.to };
  if (message.quoted !== undefined) {
    const quoted = await findMessage(message.quoted, self, request);
    draft.quotedId = quoted.id;
    draft.quotedFrom = quoted.from;
  }
  const mentions = await findMentions(message, self, request);
  if (mentions !== undefined) draft.mentions = mentions;
  return draft;
}

/** Those who are named, and everyone in the group if that is asked for; undefined for none. */
async function findMentions(
  { to, content, mentions }: OutboundMessage,
  self: Self,
  request: Request,
): Promise<string[] | undefined> {
  const named = mentions === undefined ? undefined : await toRealIds(mentions, request);
  if (!("mentionAll" in content) || content.mentionAll !== true) return named;
  const group = (await request("groups", {})).find(({ id }) => id === to);
  const everyone = (group?.participants ?? []).map(({ id }) => id).filter((id) => id !== self.id);
  return [...new Set([...(named ?? []), ...everyone])];
}

/** The ids that the network uses for these people. */
async function toRealIds(ids: readonly string[], request: Request): Promise<string[]> {
  if (ids.length === 0) return [];
  const checked = await request("checkNumbers", { ids: [...ids] });
  return ids.map((id, index) => (id.endsWith("@c.us") ? (checked[index]?.id ?? id) : id));
}

/** The message as it is now; rejected when there is none, or it was revoked. */
async function findMessage(text: string, self: Self, request: Request): Promise<WireMessage> {
  const key = requireKey(text);
  const message = await request("message", { from: senderOf(self, key), id: key.id });
  if (message === null) throw targetNotFound();
  return message;
}

async function toBody(content: Content<StoredMedia>, self: Self, request: Request): Promise<Body> {
  switch (content.type) {
    case "text":
      return { type: "text", text: content.text };
    case "list":
    case "buttons":
    case "event":
    case "pix":
    case "order":
      return toRichBody(content);
    case "location":
      return content;
    case "contact":
      return {
        type: "contact",
        contacts: content.contacts.map((card) => ({ name: card.name, vcard: formatVcard(card) })),
      };
    case "poll":
      return {
        type: "poll",
        text: content.question,
        options: [...content.options],
        selectableCount: content.selectableCount,
      };
    case "reaction":
      return { type: "reaction", text: content.emoji, ...targetOf(content.target, self) };
    case "edit":
      return { type: "edit", text: content.text, ...targetOf(content.target, self) };
    case "revoke":
      return { type: "revoke", ...targetOf(content.target, self) };
    case "forward":
      return forwarded(content.target, self, request);
    case "unknown":
      throw new DriverError("rejected", `messages of the kind ${content.kind} cannot be sent`, "unsupported_by_driver");
    default:
      return mediaBody(content);
  }
}

function targetOf(target: string, self: Self): Pick<Draft, "targetId" | "targetFrom"> {
  const key = requireKey(target);
  return { targetId: key.id, targetFrom: senderOf(self, key) };
}

async function mediaBody(content: Extract<Content<StoredMedia>, { media: StoredMedia }>): Promise<Body> {
  const { path, mimetype, filename, size } = content.media;
  if (size > MEDIA_LIMIT)
    throw new DriverError(
      "rejected",
      `the media have ${size} bytes; the sandbox accepts ${MEDIA_LIMIT}`,
      "media_rejected",
    );
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new DriverError(
      "rejected",
      `the media file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      "media_missing",
    );
  }
  const body: Body = { type: content.type, media: { mimetype, filename, data: bytes.toString("base64") } };
  if (content.caption !== undefined) body.text = content.caption;
  if (content.viewOnce !== undefined) body.viewOnce = content.viewOnce;
  if (content.seconds !== undefined) body.seconds = content.seconds;
  if (content.waveform !== undefined) body.waveform = [...content.waveform];
  return body;
}

/** The content of a message besides its media. What it quotes and whom it mentions belongs to the chat it is from. */
const FORWARDED = [
  "text",
  "viewOnce",
  "seconds",
  "waveform",
  "latitude",
  "longitude",
  "name",
  "address",
  "contacts",
  "options",
  "selectableCount",
  "details",
] as const satisfies readonly (keyof WireMessage)[];

async function forwarded(target: string, self: Self, request: Request): Promise<Body> {
  const original = await findMessage(target, self, request);
  const media =
    original.media === undefined ? null : await request("getMedia", { from: original.from, id: original.id });
  const given: Partial<Body> = Object.fromEntries(
    FORWARDED.flatMap((name) => (original[name] === undefined ? [] : [[name, original[name]]])),
  );
  return { ...given, ...(media === null ? {} : { media }), type: original.type, forwarded: true };
}

/** WhatsApp has one text for a place, of which the first line is the name. */
function placeOf(message: WireMessage): { name?: string; address?: string } {
  const [name, ...lines] = [message.name, message.address].filter(Boolean).join("\n").split("\n");
  return { ...(name && { name }), ...(lines.length > 0 && { address: lines.join("\n") }) };
}

/** The contract's form of a received message's content. */
export function toContent(message: WireMessage, withMedia = true): Content<MediaBytes | null> {
  const { type, text = "" } = message;
  switch (type) {
    case "text":
      return { type, text, ...selectionOf(message) };
    case "list":
    case "buttons":
    case "event":
    case "interactive":
    case "order":
      return richContentOf(message) ?? { type: "unknown", kind: type };
    case "location":
      return {
        type,
        latitude: message.latitude ?? 0,
        longitude: message.longitude ?? 0,
        ...placeOf(message),
      };
    case "contact":
      return { type, contacts: (message.contacts ?? []).map(({ vcard }) => parseVcard(vcard)) };
    case "poll":
      return { type, question: text, options: message.options ?? [], selectableCount: message.selectableCount ?? 0 };
    case "image":
    case "video":
    case "gif":
    case "audio":
    case "voice":
    case "document":
    case "sticker":
      return {
        type,
        media: withMedia ? toMedia(message) : null,
        ...(message.text !== undefined && { caption: message.text }),
        ...(message.viewOnce !== undefined && { viewOnce: message.viewOnce }),
        ...(message.seconds !== undefined && { seconds: message.seconds }),
        ...(message.waveform !== undefined && { waveform: message.waveform }),
      };
    default:
      return { type: "unknown", kind: type };
  }
}

/** The row or button that a text answers. */
function selectionOf({ details }: WireMessage): { selectedId?: string } {
  const { selectedId } = details ?? {};
  return typeof selectedId === "string" ? { selectedId } : {};
}

function richContentOf({ type, text, details }: WireMessage): RichContent | null {
  const attributes = RichAttributes.parse({ body: text, caption: text, ...details });
  return toRichContent(type === "buttons" ? "chat" : type === "event" ? "event_creation" : type, attributes);
}

function toMedia({ media }: WireMessage): MediaBytes | null {
  if (media === undefined) return null;
  return {
    bytes: Uint8Array.from(Buffer.from(media.data, "base64")),
    mimetype: media.mimetype,
    filename: media.filename,
  };
}
