/**
 * List cursors: encrypted positions, so that they reveal nothing, such as how much other tenants do, and are accepted
 * only where they were issued. The encryption is deterministic (a synthetic IV): the same position gives the same
 * cursor.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { fieldProblem } from "../contracts/errors.ts";
import type { EventEnvelope } from "../contracts/events.ts";
import type { LoggedEvent } from "../db/statements/events/read-events.ts";
import type { Secrets } from "../mixins/secrets.ts";

const CIPHER = "aes-256-ctr";
const IV_BYTES = 16;
/** Digits of the largest safe integer. */
const DIGITS = 16;

const cipherKeys = new WeakMap<Secrets, Buffer>();

/** Another key than the one that makes the IVs. */
function cipherKey(secrets: Secrets): Buffer {
  const known = cipherKeys.get(secrets);
  if (known !== undefined) return known;
  const key = Buffer.from(hkdfSync("sha256", secrets.key("cursor"), "", "encryption", 32));
  cipherKeys.set(secrets, key);
  return key;
}

function ivOf(secrets: Secrets, kind: string, position: string): Buffer {
  return createHmac("sha256", secrets.key("cursor")).update(`v2|${kind}|${position}`).digest().subarray(0, IV_BYTES);
}

/** The cursor for a position in lists of this kind. */
export function toCursor(secrets: Secrets, kind: string, position: string): string {
  const iv = ivOf(secrets, kind, position);
  const cipher = createCipheriv(CIPHER, cipherKey(secrets), iv);
  return Buffer.concat([iv, cipher.update(position, "utf8"), cipher.final()]).toString("base64url");
}

/** The position in a cursor; the problem `cursor_invalid` at `pointer` if it was not issued for this kind of list. */
export function fromCursor(secrets: Secrets, kind: string, cursor: string, pointer = "?cursor"): string {
  const position = open(secrets, kind, cursor);
  if (position !== undefined) return position;
  throw fieldProblem(
    "cursor_invalid",
    pointer,
    "expected an unchanged cursor of this list, or none to start from the beginning",
  );
}

function open(secrets: Secrets, kind: string, cursor: string): string | undefined {
  if (cursor.includes(".")) return openReadable(secrets, kind, cursor);
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length <= IV_BYTES) return undefined;
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(CIPHER, cipherKey(secrets), iv);
  const position = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString("utf8");
  return timingSafeEqual(iv, ivOf(secrets, kind, position)) ? position : undefined;
}

/** A cursor of version 0.1, which clients may still hold: the position itself and its authentication code. */
function openReadable(secrets: Secrets, kind: string, cursor: string): string | undefined {
  const [encoded = "", mac = ""] = cursor.split(".");
  const position = Buffer.from(encoded, "base64url").toString();
  return secrets.isMac("cursor", `${kind.split("|")[0]}|${position}`, mac) ? position : undefined;
}

/**
 * The cursor for a number that counts across all tenants, such as a position in the event log. Only this tenant can use
 * it, and every one is of the same length.
 */
export function toTenantCursor(secrets: Secrets, kind: string, tenantId: string, position: number): string {
  return toCursor(secrets, `${kind}|${tenantId}`, String(position).padStart(DIGITS, "0"));
}

/** The number in such a cursor; the problem `cursor_invalid` for a cursor of another tenant too. */
export function fromTenantCursor(
  secrets: Secrets,
  kind: string,
  tenantId: string,
  cursor: string,
  pointer?: string,
): number {
  return Number(fromCursor(secrets, `${kind}|${tenantId}`, cursor, pointer));
}

/** The tenant's cursor of a position in the event log. */
export function eventCursor(secrets: Secrets, tenantId: string, position: number): string {
  return toTenantCursor(secrets, "events", tenantId, position);
}

/** The event of the log as clients get it: with the cursor of its position. */
export function toEnvelope(secrets: Secrets, { position, envelope }: LoggedEvent): EventEnvelope {
  return { ...envelope, cursor: eventCursor(secrets, envelope.tenantId, position) };
}
