/** Media in requests, in the store, and between the send queue, actors and drivers. */
import { z } from "zod";
import { object } from "./route.ts";

/** A media type with its parameters, in characters that a header can carry. */
const MEDIA_TYPE = /^[a-z]+\/[\w.+-]+\s*(?:;[\x20-\x7e]*)?$/i;

/** The given media type if it is well-formed, otherwise `application/octet-stream`: senders may write anything. */
export function toMediaType(given: string | null | undefined): string {
  const type = given?.trim() ?? "";
  return type.length <= 200 && MEDIA_TYPE.test(type) ? type : "application/octet-stream";
}

/** Media in a request, given in one of three ways. Base64 counts against the size limit by its decoded length. */
export const MediaSource = object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  base64: z
    .string()
    .min(2)
    .optional()
    .describe("Base64 in either alphabet, in one piece or in lines, or a data: URL whose type and name are kept"),
  uploadId: z.string().max(60).optional(),
  mimetype: z
    .string()
    .regex(MEDIA_TYPE, "a media type such as image/png is expected")
    .max(100)
    .optional()
    .describe("Needed only for formats that the bytes, the server, the data: URL and the name do not show"),
  filename: z.string().min(1).max(200).optional().describe("By default the name that the server or the URL gives"),
}).refine((media) => [media.url, media.base64, media.uploadId].filter((way) => way !== undefined).length === 1, {
  error: "exactly one of url, base64 and uploadId is expected",
});
export type MediaSource = z.infer<typeof MediaSource>;

/** What a voice message shows: its length in whole seconds, and 64 samples of its loudness from 0 to 100. */
export interface VoiceShape {
  readonly seconds: number;
  readonly waveform: readonly number[];
}

/** The description of media in a message's row, so that a message can be shown without reading the media's row. */
export interface MediaInfo {
  readonly mimetype: string;
  readonly filename: string | null;
  /** In bytes. */
  readonly size: number;
}

/** Media in the store; `path` can be opened by both the service and the driver. */
export interface StoredMedia extends MediaInfo {
  readonly path: string;
}

/** Media in memory; transferred, not copied, to another thread. */
export interface MediaBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimetype: string;
  readonly filename: string | null;
}
