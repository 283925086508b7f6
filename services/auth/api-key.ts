/**
 * The form of an API key: `wpp_<8 characters that find it>_<43 characters, 256 bits><6 characters of checksum>`. The prefix and
 * the checksum let a scanner of leaked secrets recognise it without asking anyone.
 */
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORM = /^wpp_([0-9A-Za-z]{8})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;

function toBase62(bytes: Uint8Array, length: number): string {
  let number = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  while (text.length < length) {
    text = DIGITS[Number(number % 62n)]! + text;
    number /= 62n;
  }
  return text;
}

function checksumOf(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return toBase62(bytes, 6);
}

/** A new key, the part that finds it, and the hash that is kept. */
export function createApiKey(): { key: string; publicId: string; secretHash: string } {
  const publicId = toBase62(randomBytes(8), 8);
  const body = `wpp_${publicId}_${toBase62(randomBytes(32), 43)}`;
  const key = `${body}${checksumOf(body)}`;
  return { key, publicId, secretHash: hashApiKey(key) };
}

/** True for what looks like a key of ours rather than an access token. */
export function isApiKey(text: string): boolean {
  return text.startsWith("wpp_");
}

/** The part that finds the key; undefined when the form or the checksum is wrong. */
export function publicIdOf(key: string): string | undefined {
  const parts = FORM.exec(key);
  return parts !== null && parts[2] === checksumOf(key.slice(0, -6)) ? parts[1] : undefined;
}

function hashApiKey(key: string): string {
  return hash("sha256", key, "hex");
}

/** Compares in constant time. */
export function isKeyOf(key: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashApiKey(key), "hex"), Buffer.from(secretHash, "hex"));
}
