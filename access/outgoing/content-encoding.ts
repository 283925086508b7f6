/**
 * Undoes the Content-Encoding of a response. Servers apply it although they were not asked, above all object stores
 * that keep their files compressed, so that ignoring it delivers compressed bytes as the file.
 */
import { pipeline, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";
import { Problem } from "../../contracts/errors.ts";

/** For the request header Accept-Encoding. */
export const ACCEPTED_ENCODINGS = "gzip, deflate, br, zstd";
/** Encodings that a response may have one over another: each is another chance to make a few bytes many. */
const MAX_ENCODINGS = 2;

type Chunks = AsyncIterable<Uint8Array>;

/**
 * The decoded body; the body itself when it is not encoded. Throws the problem `media_unreachable` for an encoding that
 * is not known, and while reading for damaged data. The caller bounds the decoded size.
 */
export function decodeBody(body: Chunks, encoding: string | undefined, mimetype: string | undefined): Chunks {
  const names = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  // Misconfigured servers label a .gz file with its own compression, which is part of the file. Browsers keep it, too.
  if (names.length === 0 || /^application\/(?:x-)?gzip\b/i.test(mimetype ?? "")) return body;
  if (names.length > MAX_ENCODINGS) throw unsupported(encoding ?? "");
  return names.reverse().reduce<Chunks>((source, name) => decode(source, name), body);
}

function unsupported(name: string): Problem {
  return new Problem(
    "media_unreachable",
    `the answer has the Content-Encoding "${name.slice(0, 40)}"; ${ACCEPTED_ENCODINGS} can be decoded`,
  );
}

function decode(source: Chunks, name: string): Chunks {
  switch (name) {
    case "gzip":
    case "x-gzip":
      return through(source, createGunzip);
    case "br":
      return through(source, createBrotliDecompress);
    case "zstd":
      return through(source, createZstdDecompress);
    case "deflate":
      return inflate(source);
    default:
      throw unsupported(name);
  }
}

/** By the standard `deflate` has zlib's header; some servers leave it out. */
async function* inflate(source: Chunks): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const [head = 0, flags = 0] = first.value;
  const hasHeader = (head & 0x0f) === 8 && (first.value.length < 2 || ((head << 8) | flags) % 31 === 0);
  const whole = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  yield* through(whole, hasHeader ? createInflate : createInflateRaw);
}

async function* through(source: Chunks, create: () => Transform): AsyncGenerator<Uint8Array> {
  const decoder = create();
  let sourceError: unknown;
  const watched = (async function* () {
    try {
      yield* source;
    } catch (error) {
      sourceError = error;
      throw error;
    }
  })();
  // Its errors reach the loop below through the decoder.
  pipeline(watched, decoder, () => undefined);
  try {
    yield* decoder as Chunks;
  } catch {
    if (sourceError !== undefined) throw sourceError;
    throw new Problem("media_unreachable", "the compressed answer is damaged or not complete");
  } finally {
    decoder.destroy();
  }
}
