/**
 * Ids: a prefix for the kind, then a UUIDv7 without dashes, so that they sort by time of creation. They are created and
 * parsed only here.
 */
import { hash, randomFillSync } from "node:crypto";
import { z } from "zod";

const PREFIXES = {
  tenant: "ten",
  user: "usr",
  login: "lgn",
  session: "ses",
  message: "msg",
  event: "evt",
  webhook: "whk",
  delivery: "dlv",
  apiKey: "key",
  upload: "upl",
  batch: "bat",
  backup: "bak",
  node: "nod",
  request: "req",
} as const;

export type IdKind = keyof typeof PREFIXES;
declare const kind: unique symbol;
/** A branded id: an `Id<"session">` is not accepted where an `Id<"message">` is required. */
export type Id<K extends IdKind> = string & { readonly [kind]: K };

/** Random bytes are fetched in blocks: one system call for a few hundred ids. */
const POOL = Buffer.alloc(4_096);
let used = POOL.length;

/** A UUIDv7 (RFC 9562) as 32 hex digits: 48 bits of milliseconds, then version, variant and randomness. */
function uuidv7Hex(now: number): string {
  if (used + 10 > POOL.length) {
    randomFillSync(POOL);
    used = 0;
  }
  const random = POOL.toString("hex", used, used + 10);
  used += 10;
  const variant = (8 | (Number.parseInt(random[4]!, 16) & 3)).toString(16);
  return `${now.toString(16).padStart(12, "0")}7${random.slice(1, 4)}${variant}${random.slice(5)}`;
}

/** Creates a new id of this kind. */
export function createId<K extends IdKind>(of: K): Id<K> {
  return `${PREFIXES[of]}_${uuidv7Hex(Date.now())}` as Id<K>;
}

/** Returns the schema of an id of this kind. */
export function idSchema<K extends IdKind>(of: K) {
  return z
    .string()
    .regex(new RegExp(`^${PREFIXES[of]}_[0-9a-f]{32}$`), `must be an id such as ${PREFIXES[of]}_…`)
    .transform((text) => text as Id<K>)
    .describe(`The id (${PREFIXES[of]}_…)`);
}

/**
 * Derives the WhatsApp id of an outbound message, so that a repeated send after a crash has the same id. The format is
 * that of the official clients: `3EB0` and 18 upper-case hex digits.
 */
export function createWaId(messageId: Id<"message">): string {
  return `3EB0${hash("sha256", messageId).slice(0, 18).toUpperCase()}`;
}
