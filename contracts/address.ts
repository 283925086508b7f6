/** WhatsApp addresses: the forms that clients may send, the chat ids used internally, and the form in responses. */
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { MAX_FIELD_PROBLEMS, Problem, type FieldProblem } from "./errors.ts";
import { readPhoneNumber } from "./phone-number.ts";

/** The public form of a person's or chat's address. */
export const Address = z
  .object({
    chatId: z
      .string()
      .describe("WhatsApp id, such as 15550100001@c.us or 1203…@g.us; …@lid for a person whose number is hidden"),
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

/** The chat to which statuses are posted. */
export const STATUS_CHAT = "status@broadcast";

/** True for a person or a group; not for a channel, a broadcast list or the status. */
export function isConversation(chatId: string): boolean {
  return /@(?:c\.us|lid|g\.us)$/.test(chatId);
}

/** True for a chat that a client may send messages to: a person, a group or a channel. */
export function isWritable(chatId: string): boolean {
  return isConversation(chatId) || chatId.endsWith("@newsletter");
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

type RecipientProblem = FieldProblem & { readonly code: "invalid_phone" | "unsupported" };

/**
 * Reads recipients in a request and collects the problems of all of them. Accepted: phone numbers as
 * [phone-number.ts](phone-number.ts) reads them, and WhatsApp ids.
 */
export class RecipientReader {
  readonly problems: RecipientProblem[] = [];
  readonly #country: string | null;

  /** `country` is that of local numbers; without it there are none. */
  constructor(country: string | null) {
    this.#country = country;
  }

  /** The chat id of a recipient as the client wrote it; null after a problem at `pointer`. */
  read(text: string, pointer: string): string | null {
    const key = `${this.#country ?? ""} ${text}`;
    const known = parsed.get(key);
    if (known !== undefined) return known;
    const result = isId(text) ? readChatId(text) : readPhoneNumber(text, this.#country);
    if ("reason" in result) {
      const { reason, readings } = result;
      const detail = `"${text}" ${reason}`;
      this.problems.push({ pointer, code: "invalid_phone", detail, ...(readings === undefined ? {} : { readings }) });
      return null;
    }
    const chatId = "chatId" in result ? result.chatId : `${result.number.slice(1)}@c.us`;
    parsed.set(key, chatId);
    return chatId;
  }

  /** Like `read`, for a chat that messages can be sent to. */
  readWritable(text: string, pointer: string): string | null {
    const chatId = this.read(text, pointer);
    if (chatId === null || isWritable(chatId)) return chatId;
    const detail = `${chatId} cannot be written to: a broadcast list or the status; use a person, a group or a channel`;
    this.problems.push({ pointer, code: "unsupported", detail });
    return null;
  }

  /** Throws the problems of all fields, if there are any. */
  finish(): void {
    const [first] = this.problems;
    if (first === undefined) return;
    const more = this.problems.length - 1;
    const detail = more === 0 ? first.detail : `${first.detail} (and ${more} more)`;
    throw new Problem(first.code, detail, { errors: this.problems.slice(0, MAX_FIELD_PROBLEMS) });
  }
}

/** The chat ids of recipients, in the same order. Throws the problem `invalid_phone` with an error for each bad one. */
export function parseRecipients(
  texts: readonly string[],
  country: string | null,
  pointerOf: (index: number) => string,
): string[] {
  const reader = new RecipientReader(country);
  const chatIds = texts.map((text, index) => reader.read(text, pointerOf(index)) ?? "");
  reader.finish();
  return chatIds;
}

/** The chat id of one recipient. Throws the problem `invalid_phone` at `pointer`. */
export function parseRecipient(text: string, country: string | null, pointer: string): string {
  return parseRecipients([text], country, () => pointer)[0]!;
}

const isId = (text: string): boolean => /^[^/?]*@/.test(text);

/** Reads a WhatsApp id, also in the forms of the network itself: `…@s.whatsapp.net`, and `…:12@…` with a device. */
function readChatId(text: string): { chatId: string } | { reason: string; readings?: never } {
  const id = text
    .replace(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase()
    .replace(/@s\.whatsapp\.net$/, "@c.us")
    .replace(/^\+?(\d{5,20})(?:[.:]\d{1,3}){0,2}@(c\.us|lid)$/, "$1@$2");
  if (isChatId(id)) return { chatId: id };
  return { reason: "is not a WhatsApp id; accepted forms: …@c.us, …@g.us, …@lid, …@newsletter" };
}
