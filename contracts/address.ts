/** WhatsApp addresses: the forms that clients may send, the chat ids used internally, and the form in responses. */
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { fieldProblem } from "./errors.ts";

/** The public form of a person's or chat's address. */
export const Address = z
  .object({
    chatId: z.string().describe("WhatsApp id, such as 15550100001@c.us or 1203…@g.us"),
    phone: z.string().nullable().describe("E.164 with +; null when unknown or not a person"),
    lid: z.string().nullable().describe("Privacy id (…@lid); null when unknown"),
  })
  .meta({ id: "Address" });
export type Address = z.infer<typeof Address>;

const CHAT_ID = /^(?:\d{5,20}@(?:c\.us|lid|newsletter|broadcast)|[\d-]{5,40}@g\.us|status@broadcast)$/;

/** True for a well-formed WhatsApp id. */
export function isChatId(text: string): boolean {
  return CHAT_ID.test(text);
}

/** True for a chat that messages can be sent to: a person or a group, not a channel, a broadcast list or the status. */
export function isWritable(chatId: string): boolean {
  return /@(?:c\.us|lid|g\.us)$/.test(chatId);
}

/** `15550100001@c.us` -> `+15550100001`; null for groups and other ids without a phone number. */
export function phoneOf(chatId: string): string | null {
  return chatId.endsWith("@c.us") ? `+${chatId.slice(0, -5)}` : null;
}

/** The address of a chat id, with its LID when known. */
export function addressOf(chatId: string, lid: string | null = null): Address {
  return { chatId, phone: phoneOf(chatId), lid: chatId.endsWith("@lid") ? chatId : lid };
}

/** Chat ids of numbers parsed before: programs repeat the same ones, and parsing costs as much as the insert. */
const parsed = new LRUCache<string, string>({ max: 20_000 });

/**
 * Converts a recipient to a chat id: E.164 with or without +, a local number where the session has a country, or a
 * WhatsApp id. Throws the problem `invalid_phone` at `pointer`.
 */
export function parseRecipient(text: string, country: string | null, pointer: string): string {
  const trimmed = text.trim();
  if (trimmed.includes("@")) {
    const id = trimmed.replace(/@s\.whatsapp\.net$/, "@c.us");
    if (isChatId(id)) return id;
    throw fieldProblem(
      "invalid_phone",
      pointer,
      `"${text}" is not a WhatsApp id; accepted forms: …@c.us, …@g.us, …@lid, …@newsletter`,
    );
  }
  const key = `${country ?? ""} ${trimmed}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const chatId = `${readNumber(text, trimmed, country, pointer).slice(1)}@c.us`;
  parsed.set(key, chatId);
  return chatId;
}

/** Returns the number in E.164; throws the problem `invalid_phone`. */
function readNumber(text: string, trimmed: string, country: string | null, pointer: string): string {
  // Without `extract: false` the parser would find a number inside any text, and use the first of several.
  const parse = (candidate: string, options: { defaultCountry?: CountryCode } = {}) =>
    parsePhoneNumberFromString(candidate, { ...options, extract: false });
  const international = parse(trimmed.startsWith("+") ? trimmed : `+${trimmed.replace(/^00/, "")}`);
  const local = country === null ? undefined : parse(trimmed, { defaultCountry: country as CountryCode });
  const chosen = [trimmed.startsWith("+") ? international : local, international].find(
    (number) => number?.isPossible() && number.ext === undefined,
  );
  if (chosen === undefined) {
    throw fieldProblem(
      "invalid_phone",
      pointer,
      `"${text}" is not a phone number; accepted: E.164 such as +15550100001, or local if the session has a country`,
    );
  }
  return chosen.number;
}
