/**
 * The type of given bytes. Formats with a signature are recognized; for all others, and for the many formats that are
 * a container of another (a document is often a ZIP), what the caller, the server or the file's name say counts.
 */
import { fileTypeFromBuffer } from "file-type";
import mime from "mime";
import { toMediaType } from "../contracts/media.ts";

/** What is said about the bytes, besides the bytes themselves. */
export interface Claims {
  /** The type that the caller names. */
  readonly declared: string | null;
  /** The type in a data: URL, in Content-Type, or in an upload's form. */
  readonly attached: string | null;
  readonly filename: string | null;
}

export interface Identified {
  readonly mimetype: string;
  /** The format whose signature the bytes have; null for none. */
  readonly detected: string | null;
}

/** Thrown for bytes that are provably not what they are claimed to be. */
export class TypeMismatch extends Error {
  override readonly name = "TypeMismatch";
}

/** Types that say nothing. */
const GENERIC = /^(?:application|binary)\/(?:octet-stream|x-download|force-download|download|unknown)\b/i;
/** Formats whose files carry other formats, by their signature. */
const CARRIER = new Set(["application/zip", "application/x-cfb", "application/xml", "application/gzip"]);
/** Types that are always recognized by their bytes. */
const SIGNED = /^image\/(?:jpe?g|png|gif|webp)$|^application\/pdf$/i;
const WEB_PAGE = /^(?:\uFEFF|\s|<!--[\s\S]{0,2000}?-->)*<(?:!doctype html|html)[\s>]/i;

/** Throws TypeMismatch. */
export async function identify(bytes: Uint8Array, claims: Claims): Promise<Identified> {
  const detected = (await fileTypeFromBuffer(bytes))?.mime;
  const claim = claimOf(claims);
  requirePage(bytes, claims, claim, detected);
  if (detected === undefined) {
    if (claim !== null && SIGNED.test(claim.split(";")[0]!.trim()))
      throw new TypeMismatch(`these bytes are not ${claim}`);
    return { mimetype: claim ?? "application/octet-stream", detected: null };
  }
  return { mimetype: claim !== null && isConsistent(claim, detected) ? claim : detected, detected };
}

/** The most specific of the claims, most trusted first: caller, then server, then name. */
function claimOf({ declared, attached, filename }: Claims): string | null {
  const given = [declared, attached].map((type) => (type === null ? "" : toMediaType(type)));
  const first = given.find((type) => type !== "" && !GENERIC.test(type));
  const byName = filename === null ? null : mime.getType(filename);
  if (first === undefined) return byName;
  // Many servers have no other word for text: the name knows better whether it is CSV, a calendar or a script.
  const isPlain = declared === null && /^text\/plain\b/i.test(first);
  return isPlain && byName?.startsWith("text/") === true ? byName : first;
}

/**
 * A server that wants a sign-in answers with a page and status 200, and so do many for a file that is gone. Refused
 * wherever something else was meant.
 */
function requirePage(bytes: Uint8Array, claims: Claims, claim: string | null, detected: string | undefined): void {
  const isPage = detected === undefined && WEB_PAGE.test(Buffer.from(bytes.subarray(0, 3_000)).toString("utf8"));
  const byName = claims.filename === null ? null : mime.getType(claims.filename);
  const meant = claims.declared ?? byName ?? claim;
  if (isPage && meant !== null && !GENERIC.test(meant) && !/^text\/|[+/]xml$|html|php/i.test(meant))
    throw new TypeMismatch(`these bytes are a web page (text/html), not ${meant}`);
}

function isConsistent(claim: string, detected: string): boolean {
  const [claimed, found] = [familyOf(claim), familyOf(detected)];
  if (claimed === found) return true;
  return CARRIER.has(detected.split(";")[0]!) && (claimed === "application" || claimed === "other");
}

function familyOf(mimetype: string): string {
  const type = mimetype.toLowerCase().split(";")[0]!.trim();
  if (/ogg|opus|webm|mp4|m4a|3gpp|matroska/.test(type)) return "container";
  if (type === "application/pdf" || CARRIER.has(type)) return type;
  const [top = ""] = type.split("/");
  return ["image", "video", "audio", "text", "application"].includes(top) ? top : "other";
}
