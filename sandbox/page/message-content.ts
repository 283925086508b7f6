/** Converts the content of messages from the wire to the attributes of a model, and back. */
import type { WireContact, WireMessage } from "../../contracts/sandbox-wire.ts";
import { detailsOf, realTypeOf, richAttributes, richTypeOf } from "./rich-content.ts";

type Content = Partial<WireMessage> & Pick<WireMessage, "type">;

/** The real client's message types, by the wire's; those of the rich kinds are in rich-content.ts. */
const MESSAGE_TYPES: Partial<Record<WireMessage["type"], string>> = {
  image: "image",
  video: "video",
  gif: "video",
  audio: "audio",
  voice: "ptt",
  document: "document",
  sticker: "sticker",
  location: "location",
  contact: "vcard",
  poll: "poll_creation",
  reaction: "reaction",
  edit: "protocol",
  revoke: "protocol",
  poll_vote: "poll_update",
};

/** The real client's type of a message. */
export function messageTypeOf(type: WireMessage["type"]): string {
  return realTypeOf(type) ?? MESSAGE_TYPES[type] ?? "unknown";
}

/** The wire's types by the real client's. A GIF is a video there, with an attribute. */
const WIRE_TYPES = new Map(
  Object.entries(MESSAGE_TYPES).flatMap(([wire, real]) =>
    wire === "gif" ? [] : [[real, wire as WireMessage["type"]]],
  ),
);

/** The attributes that contain a message's content. */
export function contentAttributes(wire: WireMessage): Record<string, unknown> {
  if (wire.media !== undefined)
    return {
      caption: wire.text,
      mimetype: wire.media.mimetype,
      filename: wire.media.filename ?? undefined,
      isViewOnce: wire.viewOnce === true,
      isGif: wire.type === "gif",
      ...(wire.seconds === undefined ? {} : { duration: wire.seconds }),
      ...(wire.waveform === undefined ? {} : { waveform: Uint8Array.from(wire.waveform) }),
      ...richAttributes(wire),
    };
  if (wire.type === "location") return locationAttributes(wire);
  if (wire.type === "contact") return contactAttributes(wire.contacts ?? []);
  if (wire.type === "poll") {
    const pollOptions = (wire.options ?? []).map((name, localId) => ({ name, localId }));
    return { pollName: wire.text, pollOptions, pollSelectableOptionsCount: wire.selectableCount ?? 0 };
  }
  if (wire.type === "interactive") return { caption: wire.text, ...richAttributes(wire) };
  return { body: wire.text, ...richAttributes(wire) };
}

function locationAttributes({ latitude, longitude, name, address, liveSeconds }: WireMessage): Record<string, unknown> {
  const live = liveSeconds === undefined ? {} : { isLive: true, shareDuration: liveSeconds };
  return { lat: latitude, lng: longitude, loc: [name, address].filter(Boolean).join("\n"), ...live };
}

function contactAttributes(contacts: WireContact[]): Record<string, unknown> {
  const [only, ...others] = contacts;
  if (only === undefined) return {};
  if (others.length === 0) return { body: only.vcard, vcardFormattedName: only.name };
  return {
    type: "multi_vcard",
    vcardList: contacts.map(({ name, vcard }) => ({ displayName: name, vcard })),
  };
}

/** A message as wa-js passes it for sending. */
export interface RawMessage {
  type?: string;
  body?: string;
  caption?: string;
  isCaptionByUser?: boolean;
  lat?: number;
  lng?: number;
  loc?: string;
  vcardFormattedName?: string;
  vcardList?: { displayName: string; vcard: string }[];
  pollName?: string;
  pollOptions?: { name: string; localId: number }[];
  pollSelectableOptionsCount?: number;
  hydratedButtons?: unknown;
}

/** The content of a message without media, in the wire's form. */
export function wireContent(raw: RawMessage): Content {
  if (raw.type === "location") {
    const [name, ...lines] = (raw.loc ?? "").split("\n");
    const address = lines.join("\n");
    return {
      type: "location",
      latitude: raw.lat ?? 0,
      longitude: raw.lng ?? 0,
      ...(name ? { name } : {}),
      ...(address ? { address } : {}),
    };
  }
  if (raw.type === "vcard")
    return { type: "contact", contacts: [{ name: raw.vcardFormattedName ?? "", vcard: raw.body ?? "" }] };
  if (raw.type === "multi_vcard")
    return {
      type: "contact",
      contacts: (raw.vcardList ?? []).map(({ displayName: name, vcard }) => ({ name, vcard })),
    };
  if (raw.type === "poll_creation") {
    return {
      type: "poll",
      text: raw.pollName ?? "",
      options: (raw.pollOptions ?? []).map(({ name }) => name),
      selectableCount: raw.pollSelectableOptionsCount ?? 0,
    };
  }
  const given = { ...raw, type: raw.type ?? "chat" };
  const type = richTypeOf(given) ?? WIRE_TYPES.get(given.type);
  if (type === undefined) throw new Error(`the sandbox cannot send a message of type ${raw.type}`);
  const text = raw.caption ?? raw.body;
  const details = detailsOf(type, given);
  return { type, ...(text === undefined ? {} : { text }), ...(details === undefined ? {} : { details }) };
}
