/** The media of a request, given by URL, base64 or upload: checked, and stored before the message is accepted. */
import { unescape } from "node:querystring";
import { fileTypeFromBuffer } from "file-type";
import { fieldProblem, isProblem, Problem } from "../contracts/errors.ts";
import type { Id } from "../contracts/ids.ts";
import { toMediaType, type MediaSource } from "../contracts/media.ts";
import { acceptsMediaType, type MediaKind } from "../contracts/message-kinds.ts";
import { sanitizeText } from "../contracts/text.ts";
import type { Database } from "../db/database.ts";
import type { MediaRow } from "../db/rows/media.ts";
import { findMedia } from "../db/statements/messages/media.ts";
import { guardedFetch } from "../access/outgoing/guarded-fetch.ts";
import { protectMedia, storeUpload } from "./media-store.ts";

export interface MediaLimits {
  readonly dataDir: string;
  readonly maxBytes: number;
  /** Addresses of private networks that URLs may lead to, as CIDR. */
  readonly allowPrivate: readonly string[];
  /** Throws the problem `quota_exceeded` when the tenant may not store this many more bytes. */
  readonly requireRoom: (bytes: number) => Promise<void>;
}

/** ms for a download. */
const FETCH_TIMEOUT = 20_000;

interface GivenMedia {
  readonly bytes: Uint8Array;
  readonly mimetype: string;
  readonly filename: string | null;
}

/** The stored media; throws problems at the field that is wrong. */
export async function resolveMedia(
  database: Database,
  tenantId: Id<"tenant">,
  kind: MediaKind,
  source: MediaSource,
  limits: MediaLimits,
): Promise<MediaRow> {
  if (source.uploadId !== undefined) {
    const row = await findMedia(database, tenantId, source.uploadId);
    if (row === undefined || !(await protectMedia(database, row)))
      throw fieldProblem("media_invalid", "/media/uploadId", `there is no upload "${source.uploadId}"`);
    requireKind(kind, row.mimetype, "/media/uploadId");
    return row;
  }
  const given =
    source.base64 === undefined
      ? await fetchMedia(source.url!, source, limits)
      : decodeMedia(source.base64, source, limits);
  const media = await identify(given, source);
  requireKind(kind, media.mimetype, source.base64 === undefined ? "/media/url" : "/media/base64");
  return storeUpload(database, limits.dataDir, { tenantId, ...media }, limits.requireRoom);
}

function decodeMedia(base64: string, source: MediaSource, limits: MediaLimits): GivenMedia {
  const text = base64.replace(/^data:[^,]*,/, "");
  // A single digit after whole groups of four encodes no byte: the text was truncated.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/=+$/, "").length % 4 === 1)
    throw fieldProblem("media_invalid", "/media/base64", "this is not base64; plain base64 or a data: URL is expected");
  const bytes = Buffer.from(text, "base64");
  if (bytes.byteLength > limits.maxBytes) throw tooLarge("/media/base64", limits);
  return { bytes, mimetype: toMediaType(source.mimetype), filename: source.filename ?? null };
}

function tooLarge(pointer: string, limits: MediaLimits): Problem {
  return fieldProblem(
    "media_too_large",
    pointer,
    `it has more than ${Math.floor(limits.maxBytes / 1_048_576)} MB; set WPP_MAX_MEDIA_MB to allow more`,
  );
}

async function fetchMedia(url: string, source: MediaSource, limits: MediaLimits): Promise<GivenMedia> {
  const answer = await guardedFetch(url, {
    timeout: FETCH_TIMEOUT,
    maxBytes: limits.maxBytes,
    allowPrivate: limits.allowPrivate,
  }).catch((error: unknown) => {
    if (!isProblem(error)) throw error;
    if (error.type === "media_too_large") throw tooLarge("/media/url", limits);
    throw fieldProblem(error.type, "/media/url", error.message);
  });
  if (answer.status !== 200)
    throw fieldProblem(
      "media_unreachable",
      "/media/url",
      `the server answered ${answer.status} where 200 is expected; redirects are not followed`,
    );
  if (answer.body.byteLength === 0) throw fieldProblem("media_invalid", "/media/url", "the server's answer is empty");
  const declared = toMediaType(answer.headers["content-type"]?.split(";")[0]);
  return { bytes: answer.body, mimetype: source.mimetype ?? declared, filename: source.filename ?? nameIn(url) };
}

/** The last segment of the URL's path. Invalid escapes are replaced, not refused: the name is not essential. */
function nameIn(url: string): string | null {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  return last === "" ? null : sanitizeText(unescape(last).slice(0, 200));
}

/** The media type detected from the bytes takes precedence over the declared one, unless both are of one family. */
async function identify(given: GivenMedia, source: MediaSource): Promise<GivenMedia> {
  const detected = await fileTypeFromBuffer(given.bytes);
  if (detected === undefined) return given;
  const isSameFamily = source.mimetype !== undefined && familyOf(source.mimetype) === familyOf(detected.mime);
  return { ...given, mimetype: isSameFamily ? source.mimetype! : detected.mime };
}

function familyOf(mimetype: string): string {
  const type = mimetype.toLowerCase();
  if (/ogg|opus|webm|mp4|3gpp|matroska/.test(type)) return "container";
  return type.split("/")[0]!;
}

function requireKind(kind: MediaKind, mimetype: string, pointer: string): void {
  if (acceptsMediaType(kind, mimetype)) return;
  const detail = `a ${kind} is expected, these bytes are ${mimetype}; send it as a document`;
  throw fieldProblem("media_invalid", pointer, detail);
}
