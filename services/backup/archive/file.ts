/** Archive files: written under a temporary name and renamed when complete and flushed; read as a stream of lines. */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, createZstdCompress, createZstdDecompress } from "node:zlib";
import { ArchiveError } from "./error.ts";
import { openFrames, sealFrames } from "./frames.ts";
import { createHeader, openHeader, type ArchiveInfo, type NewArchive } from "./header.ts";
import { Meter, parseLine, type ArchiveLine } from "./records.ts";

/** Lines are compressed in chunks of about this many characters. */
const CHUNK = 256 * 1024;
/** Bytes. */
const MAX_LINE = 256 * 1024 * 1024;

export interface Measured {
  readonly size: number;
  /** SHA-256 in hex. */
  readonly checksum: string;
}

export interface WrittenArchive {
  /** Of the file itself. */
  readonly file: Measured;
  /** Of its decrypted content, which is compressed. */
  readonly content: Measured;
}

/** The suffix of an archive that is still being written. */
export const PART = ".part";

/** Writes an archive with mode 0600; a failure leaves no file behind. `kek` wraps the key that encrypts the content. */
export async function writeArchive(
  path: string,
  given: NewArchive,
  kek: Uint8Array,
  lines: AsyncIterable<string>,
): Promise<WrittenArchive> {
  const header = createHeader(given, kek);
  const [content, file] = [new Meter(), new Meter()];
  const compressor = given.compression === "zstd" ? createZstdCompress() : createGzip();
  try {
    await pipeline(
      Readable.from(inChunks(lines)),
      compressor,
      (chunks: AsyncIterable<Buffer>) => measure(chunks, content),
      (chunks: AsyncIterable<Buffer>) => sealFrames(chunks, header),
      (chunks: AsyncIterable<Buffer>) => measure(chunks, file),
      createWriteStream(path + PART, { flags: "w", mode: 0o600, flush: true }),
    );
    await rename(path + PART, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(path + PART, { force: true });
    throw error;
  }
  return {
    file: { size: file.size, checksum: file.digest() },
    content: { size: content.size, checksum: content.digest() },
  };
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let gathered = "";
  for await (const line of lines) {
    gathered += `${line}\n`;
    if (gathered.length < CHUNK) continue;
    yield Buffer.from(gathered, "utf8");
    gathered = "";
  }
  yield Buffer.from(gathered, "utf8");
}

async function* measure(chunks: AsyncIterable<Buffer>, meter: Meter): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    meter.add(chunk);
    yield chunk;
  }
}

/** Makes a rename durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The public fields of a file's header. Throws ArchiveError when the key is not the right one. */
export async function readArchiveInfo(path: string, kek: Uint8Array): Promise<ArchiveInfo> {
  return (await openHeader(path, kek)).info;
}

/** The decrypted, still compressed content of an archive. Fails with ArchiveError before yielding any altered byte. */
export async function readContent(
  path: string,
  kek: Uint8Array,
  onRead: (bytes: number) => void = () => undefined,
): Promise<Readable> {
  const header = await openHeader(path, kek);
  const source = createReadStream(path, { start: header.bytes.length, highWaterMark: CHUNK });
  return Readable.from(openFrames(count(source, onRead), header), { objectMode: false });
}

async function* count(chunks: AsyncIterable<Buffer>, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    onRead(chunk.length);
    yield chunk;
  }
}

/** The lines of an archive. The last one is the manifest; without it the archive is incomplete. */
export async function* readLines(
  path: string,
  kek: Uint8Array,
  onRead?: (bytes: number) => void,
): AsyncGenerator<ArchiveLine> {
  const { compression } = await readArchiveInfo(path, kek);
  const content = await readContent(path, kek, onRead);
  const decompressor = compression === "zstd" ? createZstdDecompress() : createGunzip();
  // The first failure counts: a truncated archive is reported as damaged, not as a compression error.
  const flow = pipeline(content, decompressor);
  flow.catch(() => undefined);
  try {
    yield* splitLines(decompressor);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError("damaged", { cause: error });
  }
  await flow;
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<ArchiveLine> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      yield parseLine(Buffer.concat(parts).toString("utf8"));
      [parts, length, from] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_LINE) throw new ArchiveError("invalid");
  }
  if (length > 0) throw new ArchiveError("damaged");
}
