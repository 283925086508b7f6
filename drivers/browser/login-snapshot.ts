/**
 * A copy of what in a browser's profile holds the link to the account, taken while no browser is on it. It is encrypted,
 * because with it one has the account. A profile that was damaged is set aside, not deleted, and made again from it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";

/** Relative to Chromium's directory: the databases of WhatsApp Web, and what its pages keep beside them. */
const PARTS = [
  "Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb",
  "Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.blob",
  "Default/Local Storage/leveldb",
];
/** A profile with more than this is not copied: a stop would take too long. */
const MOST_BYTES = 256 * 1024 * 1024;
const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const MOST_HEADER_BYTES = 10_000;

export interface SnapshotPlace {
  /** The session's directory. */
  readonly profileDir: string;
  /** Chromium's directory in it. */
  readonly userDataDir: string;
  /** 32 bytes, the session's own. */
  readonly key: Buffer;
}

interface Entry {
  readonly path: string;
  readonly size: number;
}

export const SNAPSHOT_FILE = "login.snapshot";

const fileOf = ({ profileDir }: SnapshotPlace): string => join(profileDir, SNAPSHOT_FILE);
const damagedOf = ({ profileDir }: SnapshotPlace): string => join(profileDir, "chromium.damaged");

/**
 * Takes the copy, in place of the last one; false when there is nothing to copy, or too much. Rejects when the signal
 * aborts, and keeps the last one: a browser may be on the profile from then on.
 */
export async function saveSnapshot(place: SnapshotPlace, signal?: AbortSignal): Promise<boolean> {
  const entries = (await Promise.all(PARTS.map((part) => listFiles(place.userDataDir, part)))).flat();
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length === 0 || bytes > MOST_BYTES) return false;
  const draft = `${fileOf(place)}.new`;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, place.key, iv);
  const file = await open(draft, "w", 0o600);
  try {
    await file.write(iv);
    const write = async (encrypted: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of encrypted) await file.write(chunk);
    };
    await pipeline(pack(place.userDataDir, entries), cipher, write, { ...(signal && { signal }) });
    await file.write(cipher.getAuthTag());
    await file.sync();
    signal?.throwIfAborted();
    await rename(draft, fileOf(place));
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return true;
}

/** When the copy was taken, Unix ms; null when there is none. */
export async function snapshotTime(place: SnapshotPlace): Promise<number | null> {
  const found = await stat(fileOf(place)).catch(() => null);
  return found === null ? null : Math.round(found.mtimeMs);
}

/**
 * Makes the profile again from the copy, and sets the damaged one aside. Rejects, and changes nothing, when the copy is
 * damaged too, or was made with another key. No browser may be on the profile.
 */
export async function restoreSnapshot(place: SnapshotPlace): Promise<void> {
  const fresh = await mkdtemp(join(place.profileDir, "chromium.restored-"));
  try {
    await unpack(place, fresh);
    await rm(damagedOf(place), { recursive: true, force: true });
    await rename(place.userDataDir, damagedOf(place));
    await rename(fresh, place.userDataDir);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function listFiles(root: string, part: string): Promise<Entry[]> {
  const names = await readdir(join(root, part), { recursive: true, withFileTypes: true }).catch(() => []);
  const files = names.filter((name) => name.isFile() && name.name !== "LOCK");
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: path.slice(root.length + 1), size: (await stat(path)).size };
    }),
  );
}

/** Each file: the length of its header, the header, and its bytes. */
async function* pack(root: string, entries: readonly Entry[]): AsyncGenerator<Buffer> {
  for (const { path, size } of entries) {
    const header = Buffer.from(JSON.stringify({ path, size } satisfies Entry));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(header.length);
    yield Buffer.concat([length, header]);
    if (size > 0) yield* createReadStream(join(root, path), { end: size - 1 }) as AsyncIterable<Buffer>;
  }
}

/** Writes the files of the copy below `root`. Rejects when a single bit of it is not as it was written. */
async function unpack(place: SnapshotPlace, root: string): Promise<void> {
  const path = fileOf(place);
  const { size } = await stat(path);
  const file = await open(path);
  try {
    const decipher = createDecipheriv(CIPHER, place.key, await readAt(file, 0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(await readAt(file, size - TAG_BYTES, TAG_BYTES));
    const encrypted = createReadStream(path, { start: IV_BYTES, end: size - TAG_BYTES - 1 });
    await pipeline(encrypted, decipher, (plain: AsyncIterable<Buffer>) => writeFiles(new Reader(plain), root));
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer;
}

async function writeFiles(reader: Reader, root: string): Promise<void> {
  for (;;) {
    const length = await reader.take(LENGTH_BYTES);
    if (length === null) return;
    const { path, size } = headerOf(await reader.take(length.readUInt32BE()));
    await mkdir(dirname(join(root, path)), { recursive: true, mode: 0o700 });
    const target = await open(join(root, path), "wx", 0o600);
    try {
      for (let left = size; left > 0;) {
        const chunk = await reader.upTo(left);
        if (chunk === null) throw new Error("the snapshot ends within a file");
        await target.write(chunk);
        left -= chunk.length;
      }
    } finally {
      await target.close();
    }
  }
}

/** Nothing in a copy may be written outside of the profile. */
function headerOf(bytes: Buffer | null): Entry {
  const { path, size } = JSON.parse(String(bytes)) as Entry;
  if (!PARTS.some((part) => normalize(path).startsWith(`${part}/`))) throw new Error("the snapshot has a foreign file");
  return { path, size };
}

/** Reads a stream in pieces of chosen lengths. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes; null at the end. */
  async take(length: number): Promise<Buffer | null> {
    if (length > MOST_HEADER_BYTES) throw new Error("the snapshot is not one of ours");
    while (this.#rest.length < length) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#rest = Buffer.concat([this.#rest, next.value]);
    }
    return this.#cut(length);
  }

  /** At most so many bytes, and at least one; null at the end. */
  async upTo(length: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#rest = next.value;
    }
    return this.#cut(Math.min(length, this.#rest.length));
  }

  #cut(length: number): Buffer {
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return piece;
  }
}
