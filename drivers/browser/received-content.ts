/** The content of a received message. */
import type { MediaBytes } from "../../contracts/media.ts";
import type { MediaKind } from "../../contracts/message-kinds.ts";
import type { Content } from "../../contracts/transport.ts";
import { parseVcard } from "../../contracts/vcard.ts";
import { toRichContent } from "../rich-content.ts";
import type { Message } from "./shapes.ts";

type Received = Content<MediaBytes | null>;

const MEDIA_TYPES: Record<string, MediaKind> = {
  image: "image",
  video: "video",
  audio: "audio",
  ptt: "voice",
  document: "document",
  sticker: "sticker",
  ptv: "video",
};

const PLAIN_TYPES = new Set([
  "chat",
  "location",
  "vcard",
  "multi_vcard",
  "poll_creation",
  "list",
  "event_creation",
  "interactive",
  "order",
]);

/** False for a type that we do not understand; its content is reported as `unknown`. */
export function isKnownType({ type }: Message): boolean {
  return type in MEDIA_TYPES || PLAIN_TYPES.has(type);
}

/** The kind of media that a message carries, null when it carries none. */
export function mediaTypeOf({ type, isGif }: Message): MediaKind | null {
  return type === "video" && isGif === true ? "gif" : (MEDIA_TYPES[type] ?? null);
}

/** The content, with the media that were downloaded for it. */
export function toContent(message: Message, media: MediaBytes | null): Received {
  const mediaType = mediaTypeOf(message);
  if (mediaType !== null) {
    const caption = message.caption || undefined;
    return {
      type: mediaType,
      media,
      ...(caption === undefined ? {} : { caption }),
      ...(message.isViewOnce === true ? { viewOnce: true } : {}),
      ...(mediaType === "voice" ? shapeOf(message) : {}),
    };
  }
  switch (message.type) {
    case "chat":
      return toRichContent(message.type, message) ?? toText(message);
    case "list":
    case "event_creation":
    case "interactive":
    case "order":
      return toRichContent(message.type, message) ?? { type: "unknown", kind: message.type };
    case "location":
      return toLocation(message);
    case "vcard":
      return { type: "contact", contacts: [parseVcard(message.body ?? "")] };
    case "multi_vcard":
      return { type: "contact", contacts: (message.vcardList ?? []).map(({ vcard }) => parseVcard(vcard)) };
    case "poll_creation":
      return {
        type: "poll",
        question: message.pollName ?? "",
        options: (message.pollOptions ?? []).map(({ name }) => name),
        selectableCount: message.pollSelectableOptionsCount ?? 0,
      };
    default:
      return { type: "unknown", kind: message.type };
  }
}

function toText({ body, selectedId }: Message): Received {
  return { type: "text", text: body ?? "", ...(selectedId === undefined ? {} : { selectedId }) };
}

function shapeOf({ duration, waveform }: Message): { seconds?: number; waveform?: readonly number[] } {
  return { ...(duration === undefined ? {} : { seconds: duration }), ...(waveform === undefined ? {} : { waveform }) };
}

function toLocation({ lat, lng, loc }: Message): Received {
  // A phone can write an address of several lines.
  const [name, ...lines] = (loc ?? "").split("\n");
  const address = lines.join("\n");
  return {
    type: "location",
    latitude: lat ?? 0,
    longitude: lng ?? 0,
    ...(name ? { name } : {}),
    ...(address ? { address } : {}),
  };
}
