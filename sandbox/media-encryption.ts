/**
 * Media as WhatsApp stores them: encrypted with a key of their own, which travels in the message, so that whoever has
 * the message can fetch the file and decrypt it, and nobody else can read it.
 */
import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { WireMedia, WireMessage } from "../contracts/sandbox-wire.ts";

/** The kind of media, as the derivation of the keys names it. */
const LABELS: Partial<Record<WireMessage["type"], string>> = {
  image: "Image",
  sticker: "Image",
  video: "Video",
  gif: "Video",
  audio: "Audio",
  voice: "Audio",
};
const MAC_BYTES = 10;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** The encrypted file: AES-256-CBC, followed by the first bytes of an HMAC-SHA256. */
export function encryptMedia(bytes: Uint8Array, type: WireMessage["type"], mediaKey: string): Buffer {
  const info = `WhatsApp ${LABELS[type] ?? "Document"} Keys`;
  const keys = Buffer.from(hkdfSync("sha256", Buffer.from(mediaKey, "base64"), Buffer.alloc(32), info, 112));
  const [iv, cipherKey, macKey] = [keys.subarray(0, 16), keys.subarray(16, 48), keys.subarray(48, 80)];
  const cipher = createCipheriv("aes-256-cbc", cipherKey, iv);
  const file = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const mac = createHmac("sha256", macKey).update(iv).update(file).digest().subarray(0, MAC_BYTES);
  return Buffer.concat([file, mac]);
}

/** What a message says about its encrypted file. */
export function describeFile({ from, id, type }: WireMessage, bytes: Uint8Array): NonNullable<WireMedia["file"]> {
  const key = randomBytes(32).toString("base64");
  const encSha256 = sha256(encryptMedia(bytes, type, key));
  const name = Buffer.from(encSha256, "base64").toString("base64url");
  const path = `/mms/${encodeURIComponent(from)}/${encodeURIComponent(id)}/${name}`;
  return { key, path, size: bytes.byteLength, sha256: sha256(bytes), encSha256 };
}

/** The sender, the message id and the hash in a path of `describeFile`; undefined for any other path. */
export function parsePath(path: string): { from: string; id: string; encSha256: string } | undefined {
  const [, from, id, name] = /^\/mms\/([^/]{1,100})\/([^/]{1,100})\/([\w-]{43})$/.exec(path) ?? [];
  if (from === undefined || id === undefined || name === undefined) return undefined;
  try {
    const encSha256 = Buffer.from(name, "base64url").toString("base64");
    return { from: decodeURIComponent(from), id: decodeURIComponent(id), encSha256 };
  } catch {
    return undefined;
  }
}
