/** The kinds of messages with media: what WhatsApp has for each of them. They are part of the table `KINDS`. */
import { z } from "zod";
import { MediaSource } from "./media.ts";
import { mentions } from "./message-fields.ts";

const caption = { caption: z.string().max(65_536).optional(), ...mentions };
const viewOnce = { viewOnce: z.boolean().optional() };
const noCaption = {
  caption: z.string().max(0, "WhatsApp shows no caption here; send a text after it").optional(),
};
const noViewOnce = {
  viewOnce: z.literal(false, "WhatsApp has view once only for image, video and voice").optional(),
};

function mediaKind<F extends z.ZodRawShape>(mediaTypes: RegExp, fields: F) {
  return { fields: { media: MediaSource, ...fields }, recipients: "many", mediaTypes } as const;
}

/** What WhatsApp's apps show and play; everything else can be sent as a document. Decision 20 has the reasons. */
export const mediaKinds = {
  image: { ...mediaKind(/^image\/(?:jpeg|png|webp)$/, { ...caption, ...viewOnce }), text: "caption" },
  video: { ...mediaKind(/^video\/(?:mp4|3gpp)$/, { ...caption, ...viewOnce }), text: "caption" },
  gif: { ...mediaKind(/^video\/mp4$/, { ...caption, ...noViewOnce }), text: "caption", refused: ["viewOnce"] },
  audio: {
    ...mediaKind(/^audio\/(?:mpeg|mp4|aac|amr|ogg; ?codecs=opus)$/, { ...noCaption, ...noViewOnce }),
    refused: ["caption", "viewOnce"],
  },
  voice: {
    ...mediaKind(/^audio\/ogg; ?codecs=opus$/, { ...noCaption, ...viewOnce }),
    measured: ["seconds", "waveform"],
    refused: ["caption"],
  },
  document: { ...mediaKind(/^/, { ...caption, ...noViewOnce }), text: "caption", refused: ["viewOnce"] },
  sticker: { ...mediaKind(/^image\/webp$/, { ...noCaption, ...noViewOnce }), refused: ["caption", "viewOnce"] },
} as const;
export type MediaKind = keyof typeof mediaKinds;
export const MEDIA_KINDS = Object.keys(mediaKinds) as [MediaKind, ...MediaKind[]];

/** True when WhatsApp has this option for messages of this kind. */
export function hasOption(kind: MediaKind, option: "caption" | "viewOnce"): boolean {
  const definition: { readonly mediaTypes: RegExp; readonly refused?: readonly string[] } = mediaKinds[kind];
  return definition.refused?.includes(option) !== true;
}

/** True when media of this type can be sent as this kind without a conversion. */
export function acceptsMediaType(kind: MediaKind, mimetype: string): boolean {
  return mediaKinds[kind].mediaTypes.test(mimetype);
}
