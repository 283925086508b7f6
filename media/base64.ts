/** Reads base64 as people and programs write it: wrapped in lines, URL-safe, as a data: URL, in a PEM envelope. */

/** Thrown for text that is not base64; the message states what is wrong, and where. */
export class Base64Error extends Error {
  override readonly name = "Base64Error";
}

export interface Base64Content {
  readonly bytes: Buffer;
  /** The media type of a data: URL, with its parameters; null when it has none. */
  readonly mimetype: string | null;
  /** The parameter `name` of a data: URL. */
  readonly filename: string | null;
}

const DATA_URL = /^data:([^,]{0,500}),/i;
const PEM_LINE = /^-{5}(?:BEGIN|END) [^\r\n-]{1,100}-{5}$/gm;
/** A character that is neither of the alphabets nor white space nor padding. */
const FOREIGN = /[^A-Za-z0-9+/_=\s-]/;

/** Decodes the text. Throws Base64Error. */
export function decodeBase64(given: string): Base64Content {
  const header = DATA_URL.exec(given.trimStart());
  if (header === null) return { bytes: decode(given), mimetype: null, filename: null };
  const [type = "", ...parameters] = (header[1] ?? "").split(";").map((part) => part.trim());
  if (parameters.pop()?.toLowerCase() !== "base64")
    throw new Base64Error('a data: URL with ";base64" before the comma is expected');
  const names = parameters.filter((parameter) => /^(?:file)?name=/i.test(parameter));
  const rest = parameters.filter((parameter) => !names.includes(parameter));
  const text = given.trimStart().slice(header[0].length);
  return {
    bytes: decode(text.includes("%") ? unescapeUrl(text) : text),
    mimetype: type === "" ? null : [type, ...rest].join(";"),
    filename: names[0] === undefined ? null : unescapeUrl(names[0].slice(names[0].indexOf("=") + 1)),
  };
}

function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Base64Error("the data: URL has an invalid % escape");
  }
}

function decode(given: string): Buffer {
  const body = given.includes("-----") ? given.replace(PEM_LINE, "") : given;
  const foreign = FOREIGN.exec(body);
  if (foreign !== null)
    throw new Base64Error(`character ${foreign.index + 1}, ${JSON.stringify(foreign[0])}, is not base64`);
  const text = /\s/.test(body) ? withoutSpace(body) : body;
  const [digits, padding] = splitPadding(text);
  requireComplete(digits, padding);
  return Buffer.from(digits, "base64url");
}

/**
 * Line breaks and indentation are no content. A space inside a line may stand for a + that a form decoder replaced, so
 * that spaces are accepted only between groups of equal length.
 */
function withoutSpace(body: string): string {
  const lines = body.split(/[\r\n]+/).map((line) => line.trim());
  const inner = lines.find((line) => /\s/.test(line));
  if (inner !== undefined && !isGrouped(lines.filter((line) => line !== "")))
    throw new Base64Error(
      `character ${body.indexOf(inner) + inner.search(/\s/) + 1} is a space inside the text; write + as %2B in forms`,
    );
  return body.replace(/\s+/g, "");
}

function isGrouped(lines: readonly string[]): boolean {
  const groups = lines.join(" ").split(/\s/);
  const width = groups[0]!.length;
  return width % 4 === 0 && groups.every(({ length }, index) => length === width || index === groups.length - 1);
}

function splitPadding(text: string): [digits: string, padding: number] {
  const end = text.search(/=/);
  if (end === -1) return [text, 0];
  const padding = text.slice(end);
  if (!/^={1,2}$/.test(padding)) throw new Base64Error(`character ${end + 1} is padding (=) inside the text`);
  return [text.slice(0, end), padding.length];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The last group of a text that was cut off has a length, or left-over bits, that no encoder produces. */
function requireComplete(digits: string, padding: number): void {
  const over = digits.length % 4;
  if (digits.length === 0) throw new Base64Error("it is empty");
  if (over === 1 || (padding > 0 && over + padding !== 4))
    throw new Base64Error(`it ends in the middle of a group, after ${digits.length} characters; it was cut off`);
  const last = ALPHABET.indexOf(digits.at(-1)!.replace("-", "+").replace("_", "/"));
  const unused = over === 2 ? last & 0b1111 : over === 3 ? last & 0b11 : 0;
  if (unused !== 0)
    throw new Base64Error(`its last character, number ${digits.length}, has bits left over; it was cut off`);
}
