/**
 * The body of an archive: AES-256-GCM in frames of 1 MiB, so that it is written and read in constant memory and no
 * byte is used before it has been authenticated. A frame is bound to the header, to its index and to whether it is
 * the last one: changed, missing, reordered, added and truncated frames are all detected.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { ArchiveError } from "./error.ts";
import type { OpenedHeader } from "./header.ts";

const FRAME_BYTES = 1024 * 1024;
const LENGTH_BYTES = 4;
const TAG_BYTES = 16;
/** The counter of a nonce has 32 bits: 4 PiB. */
const MAX_FRAMES = 2 ** 32;

type Keys = Pick<OpenedHeader, "key" | "noncePrefix" | "hash">;

function nonceOf(keys: Keys, index: number): Buffer {
  if (index >= MAX_FRAMES) throw new Error("the archive has too many frames");
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(index);
  return Buffer.concat([keys.noncePrefix, counter]);
}

function bindingOf(keys: Keys, index: number, isLast: boolean): Buffer {
  const position = Buffer.alloc(9);
  position.writeBigUInt64BE(BigInt(index));
  position.writeUInt8(isLast ? 1 : 0, 8);
  return Buffer.concat([keys.hash, position]);
}

function seal(keys: Keys, index: number, isLast: boolean, text: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", keys.key, nonceOf(keys, index)).setAAD(bindingOf(keys, index, isLast));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function unseal(keys: Keys, index: number, isLast: boolean, frame: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keys.key, nonceOf(keys, index), { authTagLength: TAG_BYTES });
  decipher.setAAD(bindingOf(keys, index, isLast)).setAuthTag(frame.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(frame.subarray(LENGTH_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new ArchiveError("damaged", { cause: error });
  }
}

/** Encrypts the chunks, after the header. */
export async function* sealFrames(chunks: AsyncIterable<Buffer>, header: OpenedHeader): AsyncGenerator<Buffer> {
  yield header.bytes;
  let index = 0;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk]);
    // Something always remains, because the rest becomes the last frame.
    while (pending.length > FRAME_BYTES) {
      yield seal(header, index++, false, pending.subarray(0, FRAME_BYTES));
      pending = pending.subarray(FRAME_BYTES);
    }
  }
  yield seal(header, index, true, pending);
}

/** Decrypts the frames after the header. Throws ArchiveError at the first one that is not authentic. */
export async function* openFrames(chunks: AsyncIterable<Buffer>, header: OpenedHeader): AsyncGenerator<Buffer> {
  let index = 0;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk]);
    for (let size = frameSize(pending); size !== undefined && pending.length > size; size = frameSize(pending)) {
      yield unseal(header, index++, false, pending.subarray(0, size));
      pending = pending.subarray(size);
    }
  }
  if (pending.length === 0 || pending.length !== frameSize(pending)) throw new ArchiveError("damaged");
  yield unseal(header, index, true, pending);
}

/** Size of the frame that starts here, in bytes; undefined while its length is incomplete. */
function frameSize(pending: Buffer): number | undefined {
  if (pending.length < LENGTH_BYTES) return undefined;
  const length = pending.readUInt32BE(0);
  if (length > FRAME_BYTES) throw new ArchiveError("damaged");
  return LENGTH_BYTES + length + TAG_BYTES;
}
