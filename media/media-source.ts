/** Media of a send, by whichever way it was given: checked, measured, and put into the store before the message is accepted. */
import { unescape } from "node:querystring";
import { fileTypeFromBuffer } from "file-type";
import { fieldProblem, isProblem, Problem } from "../contracts/errors.ts";
import type { Id } from "../contracts/ids.ts";
import { toMediaType } from "../contracts/media.ts";
import type { MediaSource } from "../contracts/message-kinds.ts";
import { sanitizeText } from "../contracts/text.ts";
import type { Database } from "../db/database.ts";
import { findMedia, type MediaRow } from "../db/statements/messages/media.ts";
import { guardedFetch } from "../access/outgoing/guarded-fetch.ts";
import { holdMedia, storeUpload } from "./media-store.ts";

export interface MediaLimits {
  readonly dataDir: string;
  readonly maxBytes: number;
  readonly allowPrivate: readonly string[];
  /** Throws the problem `quota_exceeded` when the tenant may not store so many bytes more. */
  readonly requireRoom: (bytes: number) => Promise<void>;
}

/** ms for fetching media from a URL. */
const FETCH_TIMEOUT = 20_000;

interface Found {
  readonly bytes: Uint8Array;
  readonly mimetype: string;
  readonly filename: string | null;
}

/** The stored media, or a problem at the field that is wrong. */
export async function resolveMedia(
  database: Database,
  tenantId: Id<"tenant">,
  kind: string,
  source: MediaSource,
  limits: MediaLimits,
): Promise<MediaRow> {
  if (source.uploadId !== undefined) {
    const row = await findMedia(database, tenantId, source.uploadId);
    if (row === undefined || !(await holdMedia(database, row)))
      throw fieldProblem("media_invalid", "/media/uploadId", `there is no upload "${source.uploadId}"`);
    requireKind(kind, row.mimetype, "/media/uploadId");
    return row;
  }
  const found =
    source.base64 === undefined
      ? await fetchMedia(source.url!, source, limits)
      : decodeMedia(source.base64, source, limits);
  const media = await identify(found, source);
  requireKind(kind, media.mimetype, source.base64 === undefined ? "/media/url" : "/media/base64");
  return storeUpload(database, limits.dataDir, { tenantId, ...media }, limits.requireRoom);
}

function decodeMedia(base64: string, source: MediaSource, limits: MediaLimits): Found {
  const text = base64.replace(/^data:[^,]*,/, "");
  // One digit alone after whole groups of four stands for no byte: something was cut off.
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

async function fetchMedia(url: string, source: MediaSource, limits: MediaLimits): Promise<Found> {
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

/** The last part of the URL's path. Escapes that are no text are taken as they come: what the server calls its file is no reason to refuse it. */
function nameIn(url: string): string | null {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  return last === "" ? null : sanitizeText(unescape(last).slice(0, 200));
}

/** What the bytes say counts more than what the sender says, where they say anything. */
async function identify(found: Found, source: MediaSource): Promise<Found> {
  const seen = await fileTypeFromBuffer(found.bytes);
  if (seen === undefined) return found;
  const isSameFamily = source.mimetype !== undefined && familyOf(source.mimetype) === familyOf(seen.mime);
  return { ...found, mimetype: isSameFamily ? source.mimetype! : seen.mime };
}

function familyOf(mimetype: string): string {
  const type = mimetype.toLowerCase();
  if (/ogg|opus|webm|mp4|3gpp|matroska/.test(type)) return "container";
  return type.split("/")[0]!;
}

const KINDS: Readonly<Record<string, RegExp>> = {
  image: /^image\//,
  sticker: /^image\//,
  video: /^video\//,
  audio: /^(?:audio\/|application\/ogg|video\/(?:webm|mp4|ogg))/,
  voice: /^(?:audio\/|application\/ogg|video\/(?:webm|mp4|ogg))/,
};

function requireKind(kind: string, mimetype: string, pointer: string): void {
  if (KINDS[kind]?.test(mimetype) === false)
    throw fieldProblem(
      "media_invalid",
      pointer,
      `a ${kind} is expected, these bytes are ${mimetype}; send it as a document`,
    );
}
