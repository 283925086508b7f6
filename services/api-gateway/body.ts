/**
 * Reads JSON bodies. Bytes, time, values and depth are limited, each before the work that it bounds is done; routes that
 * need no credentials have much smaller limits, because anyone can make the process read their bodies.
 */
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { codeOf, Problem } from "../../contracts/errors.ts";
import type { Route } from "../../contracts/route.ts";
import { checkJsonLimits, type JsonLimits } from "./json-limits.ts";

interface BodyLimits extends JsonLimits {
  readonly bytes: number;
}

/** How a body may be: of a route without credentials, of any other, or of one that accepts media as base64. */
export type BodyKind = "public" | "json" | "media";

const JSON_BYTES = 1_000_000;
/** The largest body that a route accepts has 1,000 recipients and 256 mentions. */
const STRUCTURE: JsonLimits = { values: 5_000, depth: 32 };

/** ms for a body to arrive, in addition to the time that its bytes take at the lowest accepted rate. */
export const BODY_TIMEOUT = 15_000;
/** Bytes per second that a client must at least send. */
const LOWEST_RATE = 32_000;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]+)/i;
/** RFC 8259 allows UTF-8 only; US-ASCII is a subset of it. */
const CHARSETS: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"]);
/** The encodings that a server may see in Content-Encoding. Each stops when its output exceeds the limit. */
const DECODERS = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Reads the body into `request.body`, which stays undefined without one. */
export type BodyReader = (request: IncomingMessage & { body?: unknown }, kind: BodyKind) => Promise<void>;

export function bodyKindOf({ permission, bodyLimit }: Pick<Route, "permission" | "bodyLimit">): BodyKind {
  return permission === "public" ? "public" : (bodyLimit ?? "json");
}

/** Limits: 16 kB without credentials, otherwise 1 MB, and with media the largest media in base64 plus 1 MB. */
export function createBodyReader(maxMediaBytes: number, timeout: number = BODY_TIMEOUT): BodyReader {
  const limits: Readonly<Record<BodyKind, BodyLimits>> = {
    public: { bytes: 16_000, values: 100, depth: 8 },
    json: { bytes: JSON_BYTES, ...STRUCTURE },
    media: { bytes: Math.ceil((maxMediaBytes * 4) / 3) + JSON_BYTES, ...STRUCTURE },
  };
  return async (request, kind) => {
    if (!hasBody(request)) return;
    requireJson(request);
    const { bytes } = limits[kind];
    const received = await receive(request, bytes, timeout);
    const text = decode(await decompress(request, received, bytes));
    if (text === "") return;
    checkJsonLimits(text, limits[kind]);
    request.body = parse(text);
  };
}

/** True when the request announces a body. */
export function hasBody(request: IncomingMessage): boolean {
  return request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
}

function requireJson(request: IncomingMessage): void {
  const type = request.headers["content-type"] ?? "";
  if (!JSON_TYPE.test(type))
    throw new Problem("unsupported_media_type", `the body must be application/json, not "${type}"`);
  const charset = CHARSET.exec(type)?.[1]?.toLowerCase() ?? "utf-8";
  if (!CHARSETS.has(charset))
    throw new Problem("unsupported_media_type", `JSON is sent as UTF-8, not as "${charset}"; convert the body`);
}

function tooLarge(limit: number): Problem {
  return new Problem("payload_too_large", `the body may have at most ${limit} bytes`);
}

/** Collects the bytes. Throws `payload_too_large`, `request_timeout`, and `malformed_json` for a body that is cut off. */
function receive(request: IncomingMessage, limit: number, timeout: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const started = Date.now();
    let timer = setTimeout(onTimeout, timeout);
    function finish(error?: Problem) {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("error", onCut).off("close", onCut);
      if (error === undefined) resolve(Buffer.concat(chunks, size));
      else reject(error);
    }
    function onTimeout() {
      // The time allowed grows with what has arrived.
      const left = started + timeout + (size * 1_000) / LOWEST_RATE - Date.now();
      if (left > 0) timer = setTimeout(onTimeout, left);
      else finish(new Problem("request_timeout", `the body was not complete after ${Date.now() - started} ms`));
    }
    function onData(chunk: Buffer) {
      size += chunk.length;
      if (size > limit) finish(tooLarge(limit));
      else chunks.push(chunk);
    }
    const onEnd = () => finish();
    const onCut = () => finish(new Problem("malformed_json", "the body ended before it was complete"));
    request.on("data", onData).once("end", onEnd).once("error", onCut).once("close", onCut);
  });
}

async function decompress(request: IncomingMessage, bytes: Buffer, limit: number): Promise<Buffer> {
  const encoding = (request.headers["content-encoding"] ?? "identity").toLowerCase();
  if (encoding === "identity") return bytes;
  if (!(encoding in DECODERS))
    throw new Problem(
      "unsupported_media_type",
      `the Content-Encoding "${encoding}" is not supported; accepted: ${Object.keys(DECODERS).join(", ")}`,
    );
  try {
    return await DECODERS[encoding as keyof typeof DECODERS](bytes, { maxOutputLength: limit });
  } catch (error) {
    if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw new Problem("malformed_json", "the body does not match its Content-Encoding");
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("malformed_json", "the body is not UTF-8");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("malformed_json", error instanceof Error ? error.message : undefined);
  }
}
