/**
 * The format of an API key: `wpp_<8 characters: public id>_<43 characters: 256 random bits><6 characters: checksum>`.
 * The prefix and the checksum let a scanner for leaked secrets recognize a key offline.
 */
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { API_KEY_PREFIX } from "../../contracts/credentials.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORMAT = /^wpp_([0-9A-Za-z]{8})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;

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

/** A new key, its public id, and the hash to store. */
export function createApiKey(): { key: string; publicId: string; secretHash: string } {
  const publicId = toBase62(randomBytes(8), 8);
  const body = `wpp_${publicId}_${toBase62(randomBytes(32), 43)}`;
  const key = `${body}${checksumOf(body)}`;
  return { key, publicId, secretHash: hashApiKey(key) };
}

/** True if the text looks like an API key rather than an access token. */
export function isApiKey(text: string): boolean {
  return text.startsWith(API_KEY_PREFIX);
}

/** The public id of the key; undefined when the format or the checksum is wrong. */
export function publicIdOf(key: string): string | undefined {
  const parts = FORMAT.exec(key);
  return parts !== null && parts[2] === checksumOf(key.slice(0, -6)) ? parts[1] : undefined;
}

function hashApiKey(key: string): string {
  return hash("sha256", key, "hex");
}

/** Compares in constant time. */
export function isKeyOf(key: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashApiKey(key), "hex"), Buffer.from(secretHash, "hex"));
}
