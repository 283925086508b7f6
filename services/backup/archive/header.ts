/**
 * The header of an archive: its origin, its time, and the key of its body, wrapped by a key derived from the master
 * key. The header is readable without any key, so it reveals nothing about the content.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { z } from "zod";
import { ArchiveError } from "./error.ts";

const MAGIC = Buffer.from("WPPARC\r\n");
const MAX_LENGTH = 64 * 1024;
const TAG_BYTES = 16;

const bytes = (length: number) =>
  z
    .base64url()
    .transform((text) => Buffer.from(text, "base64url"))
    .refine((buffer) => buffer.length === length);

const Info = z.strictObject({
  version: z.literal(1),
  kind: z.enum(["installation", "export"]),
  tenantId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  compression: z.enum(["zstd", "gzip"]),
  /** The newest migration of the source database. */
  schema: z.string(),
  /** Identifies the wrapping key without revealing it. */
  keyId: z.string(),
  noncePrefix: z.base64url(),
});

const Header = Info.extend({ wrappedKey: z.strictObject({ iv: bytes(12), key: bytes(32), tag: bytes(TAG_BYTES) }) });
export type ArchiveInfo = z.infer<typeof Info>;
export type NewArchive = Pick<ArchiveInfo, "kind" | "tenantId" | "createdAt" | "compression" | "schema">;

/** An archive's header with the keys to read or write its frames. */
export interface OpenedHeader {
  readonly info: ArchiveInfo;
  /** The whole header as stored in the file; the frames follow it. */
  readonly bytes: Buffer;
  readonly key: Buffer;
  readonly noncePrefix: Buffer;
  /** Binds every frame to this header. */
  readonly hash: Buffer;
}

/** Derives a public id and a wrapping key from the caller's key. */
function derive(kek: Uint8Array): { id: string; wrap: Buffer } {
  const part = (info: string, length: number) =>
    Buffer.from(hkdfSync("sha256", kek, "wppconnect-archive", info, length));
  return { id: part("id", 9).toString("base64url"), wrap: part("wrap", 32) };
}

function frame(json: string): Buffer {
  const text = Buffer.from(json, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([MAGIC, length, text]);
}

/** The header of a new archive, with a new key. */
export function createHeader(given: NewArchive, kek: Uint8Array): OpenedHeader {
  const { id, wrap } = derive(kek);
  const [key, noncePrefix, iv] = [randomBytes(32), randomBytes(8), randomBytes(12)];
  const info: ArchiveInfo = { version: 1, ...given, keyId: id, noncePrefix: noncePrefix.toString("base64url") };
  const cipher = createCipheriv("aes-256-gcm", wrap, iv).setAAD(Buffer.from(JSON.stringify(info)));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = (buffer: Buffer) => buffer.toString("base64url");
  const header = frame(
    JSON.stringify({ ...info, wrappedKey: { iv: text(iv), key: text(wrapped), tag: text(cipher.getAuthTag()) } }),
  );
  return { info, bytes: header, key, noncePrefix, hash: createHash("sha256").update(header).digest() };
}

async function readHeader(path: string): Promise<Buffer> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new ArchiveError("missing", { cause: error }) : error;
  });
  try {
    const start = Buffer.alloc(MAGIC.length + 4);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    if (bytesRead < start.length || !start.subarray(0, MAGIC.length).equals(MAGIC))
      throw new ArchiveError("not_an_archive");
    const length = start.readUInt32BE(MAGIC.length);
    if (length > MAX_LENGTH) throw new ArchiveError("damaged");
    const text = Buffer.alloc(length);
    if ((await file.read(text, 0, length, start.length)).bytesRead < length) throw new ArchiveError("damaged");
    return Buffer.concat([start, text]);
  } finally {
    await file.close();
  }
}

function parseHeader(header: Buffer): z.infer<typeof Header> {
  try {
    return Header.parse(JSON.parse(header.subarray(MAGIC.length + 4).toString("utf8")));
  } catch (error) {
    throw new ArchiveError("damaged", { cause: error });
  }
}

/**
 * Reads the header and unwraps its key. Throws ArchiveError when the file is not an archive, is damaged, or was made
 * with another master key.
 */
export async function openHeader(path: string, kek: Uint8Array): Promise<OpenedHeader> {
  const header = await readHeader(path);
  const { wrappedKey, ...info } = parseHeader(header);
  const { id, wrap } = derive(kek);
  if (info.keyId !== id) throw new ArchiveError("wrong_key");
  const decipher = createDecipheriv("aes-256-gcm", wrap, wrappedKey.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(JSON.stringify(info))).setAuthTag(wrappedKey.tag);
  try {
    const key = Buffer.concat([decipher.update(wrappedKey.key), decipher.final()]);
    return {
      info,
      bytes: header,
      key,
      noncePrefix: Buffer.from(info.noncePrefix, "base64url"),
      hash: createHash("sha256").update(header).digest(),
    };
  } catch (error) {
    throw new ArchiveError("damaged", { cause: error });
  }
}
