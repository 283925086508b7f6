/**
 * Bounds the structure of a JSON text before it is parsed. The cost of parsing, validating and reporting grows with the
 * number of values and with their depth, not with the bytes: a megabyte can be one string or half a million numbers.
 */
import { Problem } from "../../contracts/errors.ts";

export interface JsonLimits {
  /** Objects, arrays, and the members and items in them. */
  readonly values: number;
  /** Nested objects and arrays. */
  readonly depth: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
/** `[` and `{`, `]` and `}` differ from each other only in this bit. */
const BRACES = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
/** Characters of a string that are read one by one before the search for its end. */
const SHORT = 64;

/** Throws `payload_too_large` when the text has more values or levels than allowed. Wrong JSON is left to the parser. */
export function checkJsonLimits(text: string, limits: JsonLimits): void {
  let [values, depth] = [1, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    const bracket = code & ~BRACES;
    if (code === COMMA || bracket === OPEN) values += 1;
    if (bracket === OPEN) depth += 1;
    else if (bracket === CLOSE) depth -= 1;
    if (values > limits.values) throw tooLarge(`at most ${limits.values} values`);
    if (depth > limits.depth) throw tooLarge(`at most ${limits.depth} nested objects and arrays`);
  }
}

/** The index of the quotation mark that ends the string; the end of the text when there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    for (const until = Math.min(at + SHORT, text.length); at < until; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at;
      if (code === BACKSLASH) at += 1;
    }
    if (at >= text.length) return text.length;
    // A long string, such as media as base64: the search is many times faster than reading. An escape ends it early.
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let escapes = 0;
    while (quote - escapes > at && text.charCodeAt(quote - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return quote;
    at = quote + 1;
  }
}

function tooLarge(accepted: string): Problem {
  return new Problem("payload_too_large", `the body may have ${accepted}`);
}

/** True when a value that is already parsed, such as a socket's payload, is within the limits. */
export function isWithinLimits(value: unknown, limits: JsonLimits): boolean {
  let left = limits.values;
  const visit = (inner: unknown, depth: number): boolean => {
    left -= 1;
    if (left < 0 || depth > limits.depth) return false;
    if (typeof inner !== "object" || inner === null || ArrayBuffer.isView(inner)) return true;
    for (const key in inner) if (!visit((inner as Record<string, unknown>)[key], depth + 1)) return false;
    return true;
  };
  return visit(value, 0);
}
