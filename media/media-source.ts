/**
 * The media of a request, given by URL, base64 or upload: identified, brought into the format of their kind, and stored
 * before the message is accepted.
 */
import { readFile } from "node:fs/promises";
import { fieldProblem, isProblem, Problem } from "../contracts/errors.ts";
import type { Id } from "../contracts/ids.ts";
import type { MediaSource, VoiceShape } from "../contracts/media.ts";
import { acceptsMediaType, type MediaKind } from "../contracts/message-kinds.ts";
import type { Database } from "../db/database.ts";
import type { MediaRow } from "../db/rows/media.ts";
import { findMedia } from "../db/statements/messages/media.ts";
import { Base64Error, decodeBase64 } from "./base64.ts";
import { convert, isConvertible, type Converted } from "./convert.ts";
import { downloadMedia, type DownloadLimits } from "./download.ts";
import { ConversionError, type Ffmpeg } from "./ffmpeg.ts";
import { cleanName, nameForType } from "./file-names.ts";
import { identify, TypeMismatch, type Claims } from "./media-types.ts";
import { protectMedia, storeUpload, toStoredMedia } from "./media-store.ts";

export interface MediaLimits extends DownloadLimits {
  readonly dataDir: string;
  /** Undefined when this installation converts nothing. */
  readonly ffmpeg: Ffmpeg | undefined;
  /** Throws the problem `quota_exceeded` when the tenant may not store this many more bytes. */
  readonly requireRoom: (bytes: number) => Promise<void>;
}

/** Stored media, and what a voice message shows; null for other kinds, and when it cannot be measured. */
export interface ResolvedMedia {
  readonly row: MediaRow;
  readonly voice: VoiceShape | null;
}

interface GivenMedia {
  readonly bytes: Uint8Array;
  readonly filename: string | null;
  /** The type in a data: URL, in Content-Type, or of the upload. */
  readonly attached: string | null;
}

type Given = "url" | "base64" | "uploadId";

/** Throws problems at the field that is wrong. */
export async function resolveMedia(
  database: Database,
  tenantId: Id<"tenant">,
  kind: MediaKind,
  source: MediaSource,
  limits: MediaLimits,
): Promise<ResolvedMedia> {
  const upload = source.uploadId === undefined ? null : await findUpload(database, tenantId, source.uploadId);
  // A document is sent as it was uploaded, unless the request gives it another name or type.
  if (upload !== null && kind === "document" && source.mimetype === undefined && source.filename === undefined)
    return { row: upload, voice: null };
  const way: Given = upload !== null ? "uploadId" : source.base64 !== undefined ? "base64" : "url";
  const given = upload === null ? await readSource(kind, source, limits) : await readUploaded(upload, limits);
  if (given.bytes.byteLength > limits.maxBytes) throw tooLarge(way, limits);
  const { mimetype, bytes, voice } = await prepare(kind, given, source, way, limits);
  const filename = cleanName(source.filename ?? given.filename) ?? (kind === "document" ? nameForType(mimetype) : null);
  const row = await storeUpload(database, limits.dataDir, { tenantId, bytes, mimetype, filename }, limits.requireRoom);
  return { row, voice };
}

async function findUpload(database: Database, tenantId: Id<"tenant">, id: string): Promise<MediaRow> {
  const row = await findMedia(database, tenantId, id);
  if (row === undefined || !(await protectMedia(database, row)))
    throw fieldProblem("media_invalid", "/media/uploadId", `there is no upload "${id}"`);
  return row;
}

async function readUploaded(upload: MediaRow, { dataDir }: MediaLimits): Promise<GivenMedia> {
  const bytes = await readFile(toStoredMedia(dataDir, upload).path);
  return { bytes, filename: upload.filename, attached: upload.mimetype };
}

async function readSource(kind: MediaKind, source: MediaSource, limits: MediaLimits): Promise<GivenMedia> {
  try {
    const { mimetype, ...media } =
      source.base64 === undefined ? await downloadMedia(source.url!, kind, limits) : decodeBase64(source.base64);
    return { ...media, attached: mimetype };
  } catch (error) {
    if (error instanceof Base64Error)
      throw fieldProblem("media_invalid", "/media/base64", `this is not base64: ${error.message}`);
    throw isProblem(error) && error.type === "media_too_large" ? tooLarge("url", limits) : error;
  }
}

function tooLarge(way: Given, limits: MediaLimits): Problem {
  const limit = Math.floor(limits.maxBytes / 1_048_576);
  return fieldProblem(
    "media_too_large",
    `/media/${way}`,
    `it has more than ${limit} MB; set WPP_MAX_MEDIA_MB to allow more`,
  );
}

/** Identifies the media, and converts them where the kind needs it. */
async function prepare(
  kind: MediaKind,
  given: GivenMedia,
  source: MediaSource,
  way: Given,
  limits: MediaLimits,
): Promise<Converted> {
  const claims: Claims = {
    declared: source.mimetype ?? null,
    attached: given.attached,
    filename: source.filename ?? given.filename,
  };
  const refuse = (detail: string): Problem => fieldProblem("media_invalid", `/media/${way}`, detail);
  try {
    const mimetype = await typeFor(kind, given.bytes, claims);
    const media = { bytes: given.bytes, mimetype };
    if (kind === "document") return { ...media, voice: null };
    const isReady = acceptsMediaType(kind, mimetype);
    if (!isReady && !isConvertible(kind, mimetype)) throw refuse(explainKind(kind, mimetype));
    if (limits.ffmpeg !== undefined) return await convert(limits.ffmpeg, kind, media, limits.maxBytes);
    if (!isReady) throw refuse(explainMissing(kind, mimetype));
    return { ...media, voice: null };
  } catch (error) {
    if (error instanceof TypeMismatch) throw refuse(error.message);
    if (error instanceof ConversionError) throw refuse(`the ${kind} cannot be read: ${error.message}`);
    throw isProblem(error) && error.type === "media_too_large" ? tooLarge(way, limits) : error;
  }
}

/** The type as which media of this kind are sent. */
async function typeFor(kind: MediaKind, bytes: Uint8Array, claims: Claims): Promise<string> {
  const { mimetype, detected } = await identify(bytes, claims);
  if (kind === "document") return mimetype;
  if (detected === null) throw new TypeMismatch(`${withArticle(kind)} is expected, and these bytes are none`);
  const type = detected.toLowerCase();
  if (type === "audio/x-m4a") return "audio/mp4";
  // An MP4 can be sound or a video; its signature does not say which.
  return type === "video/mp4" && kind === "audio" && /^audio\//i.test(mimetype) ? "audio/mp4" : type;
}

function withArticle(kind: MediaKind): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}

const EXPECTED: Record<MediaKind, string> = {
  image: "JPEG, PNG or WebP",
  video: "MP4 (H.264) or 3GPP",
  gif: "GIF or MP4",
  audio: "MP3, M4A, AAC, AMR or Ogg with Opus",
  voice: "Ogg with Opus, or another format of sound",
  document: "any file",
  sticker: "WebP, PNG or JPEG",
};

function explainKind(kind: MediaKind, mimetype: string): string {
  const other = kind === "image" && mimetype === "image/gif" ? 'send it as type "gif"' : "send it as a document";
  return `${withArticle(kind)} is expected (${EXPECTED[kind]}), these bytes are ${mimetype}; ${other}`;
}

const READY: Partial<Record<MediaKind, string>> = { voice: "Ogg with Opus", gif: "MP4", sticker: "WebP" };

function explainMissing(kind: MediaKind, mimetype: string): string {
  return (
    `this installation cannot convert ${mimetype} because it has no ffmpeg (WPP_FFMPEG); ` +
    `send the ${kind} as ${READY[kind] ?? EXPECTED[kind]}`
  );
}
