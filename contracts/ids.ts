/** Ids: a prefix that names the kind, then a UUIDv7 without dashes, so they sort by time of creation. Made and parsed here only. */
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
/** A branded id: an `Id<"session">` is not accepted where an `Id<"message">` is asked for. */
export type Id<K extends IdKind> = string & { readonly [kind]: K };

/** Randomness is taken from the system in blocks: one call for a few hundred ids. */
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

/** Makes a new id of the kind. */
export function createId<K extends IdKind>(of: K): Id<K> {
  return `${PREFIXES[of]}_${uuidv7Hex(Date.now())}` as Id<K>;
}

/** The zod schema of an id of this kind. */
export function idSchema<K extends IdKind>(of: K) {
  return z
    .string()
    .regex(new RegExp(`^${PREFIXES[of]}_[0-9a-f]{32}$`), `an id such as ${PREFIXES[of]}_… is expected`)
    .transform((text) => text as Id<K>);
}

/**
 * The WhatsApp id of an outbound message, chosen before it is sent so that a repeat after a crash carries the same id.
 * The shape is that of the official clients: `3EB0` and 18 upper-case hex digits.
 */
export function createWaId(messageId: Id<"message">): string {
  return `3EB0${hash("sha256", messageId).slice(0, 18).toUpperCase()}`;
}
