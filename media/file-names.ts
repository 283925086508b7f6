/** The name of a file: from Content-Disposition, from a URL, or from its type. Never used as a path. */
import { unescape } from "node:querystring";
import mime from "mime";
import { sanitizeText } from "../contracts/text.ts";

const LONGEST_NAME = 200;

/** The last part of a given name, in characters that can be stored and shown; null when nothing is left. */
export function cleanName(given: string | null | undefined): string | null {
  const last = (given ?? "").split(/[/\\]/).at(-1) ?? "";
  const visible = sanitizeText(last)
    .replace(/\p{Cc}/gu, "")
    .trim();
  const name = visible.slice(0, LONGEST_NAME).toWellFormed();
  return name === "" || /^\.+$/.test(name) ? null : name;
}

/** The name in a header Content-Disposition (RFC 6266); `filename*` (RFC 8187) takes precedence. */
export function nameInDisposition(header: string | undefined): string | null {
  if (header === undefined) return null;
  const extended = /;\s*filename\*\s*=\s*"?([\w-]+)'[^']*'([^;"\s]+)/i.exec(`;${header}`);
  const name = extended === null ? null : decodeExtended(extended[1]!, extended[2]!);
  if (name !== null) return cleanName(name);
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(`;${header}`);
  if (quoted !== null) return cleanName(toText(quoted[1]!.replace(/\\(["\\])/g, "$1")));
  // Unquoted names with spaces are not valid, but common.
  const plain = /;\s*filename\s*=\s*([^;"]+)/i.exec(`;${header}`);
  return plain === null ? null : cleanName(toText(plain[1]!.trim()));
}

function decodeExtended(charset: string, value: string): string | null {
  const bytes = Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Header values arrive as bytes; most servers that send more than ASCII write UTF-8. */
function toText(value: string): string {
  if (Array.from(value).some((character) => character.codePointAt(0)! > 0xff)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return value;
  }
}

/** The last segment of the URL's path. Invalid escapes are replaced, not refused: the name is not essential. */
export function nameInUrl(url: URL): string | null {
  return cleanName(unescape(url.pathname.split("/").at(-1) ?? ""));
}

/** True when the name ends in an extension that stands for a media type. */
export function hasKnownExtension(name: string | null): boolean {
  return name !== null && mime.getType(name) !== null;
}

/** A name for a document that has none: phones show it, and choose the program that opens it by its extension. */
export function nameForType(mimetype: string): string {
  const extension = mime.getExtension(mimetype);
  return extension === null ? "document" : `document.${extension}`;
}
