/** Verifies deliveries of webhooks (Standard Webhooks), with WebCrypto: in Node, Deno, Bun, workers and browsers. */
import type { Event } from "./types.ts";

/** The headers of a delivery: those of fetch, or an object with names in small letters. */
export type DeliveryHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The delivery is not from the system, was changed, or is too old. */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
}

/** s: a delivery may be so old or so far ahead, as clocks differ. */
const TOLERANCE = 300;

function headerOf(headers: DeliveryHeaders, name: string): string {
  const found = headers instanceof Headers ? headers.get(name) : headers[name];
  return (typeof found === "string" ? found : found?.[0]) ?? "";
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function isSignedBy(
  key: Awaited<ReturnType<typeof crypto.subtle.importKey>>,
  signature: string,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  return crypto.subtle.verify("HMAC", key, fromBase64(signature), signed);
}

/**
 * The event of a delivery. `body` is the text of the request exactly as it came. Throws SignatureError.
 *
 * @param secret `whsec_…`, as it was shown when the webhook was made.
 */
export async function verifyWebhook(
  secret: string,
  headers: DeliveryHeaders,
  body: string,
  { now = Date.now(), toleranceSeconds = TOLERANCE }: { now?: number; toleranceSeconds?: number } = {},
): Promise<Event> {
  const id = headerOf(headers, "webhook-id");
  const timestamp = headerOf(headers, "webhook-timestamp");
  const signatures = headerOf(headers, "webhook-signature");
  if (id === "" || timestamp === "" || signatures === "")
    throw new SignatureError("the headers webhook-id, webhook-timestamp and webhook-signature are expected");
  const age = Math.abs(now / 1000 - Number(timestamp));
  if (!(age <= toleranceSeconds)) throw new SignatureError("the delivery is too old, or a clock is wrong");
  const key = await crypto.subtle.importKey(
    "raw",
    fromBase64(secret.replace(/^whsec_/, "")),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(" ")) {
    if (!signature.startsWith("v1,")) continue;
    // WebCrypto compares in constant time; what is no base64 is no signature either.
    const isRight = await isSignedBy(key, signature.slice(3), signed).catch(() => false);
    if (isRight) return JSON.parse(body) as Event;
  }
  throw new SignatureError("the signature is wrong: the secret is another one, or the body was changed");
}
