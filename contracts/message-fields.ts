/** Fields of messages that several kinds share, or that need more than a type. */
import { z } from "zod";
import { phoneOf, RecipientReader } from "./address.ts";
import { isEmoji } from "./emoji.ts";
import { object } from "./route.ts";
import type { ContactCard } from "./vcard.ts";

/** One person or chat in a request. Longer than any number: recipients can also be links, or be surrounded by marks. */
export const Recipient = z
  .string()
  .max(200)
  .describe(
    "E.164 with or without +, a local number when the session has a country, or a WhatsApp id. " +
      "A number that can mean two people is refused, with both in errors[].readings",
  );

/** Only a text or a caption can mention people. */
export const mentions = {
  mentions: z.array(Recipient).max(256).optional(),
  mentionAll: z.boolean().optional().describe("Mentions everyone who is in the group when it is sent"),
};

/** A text with something to see in it. */
export const filled = (max: number) => z.string().trim().min(1).max(max);

/** A text of one line. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/[\r\n\u2028\u2029]/.test(text), "must be a single line");

/** A contact card of a request. */
export const Card = object({
  name: line(200),
  phone: Recipient,
  otherPhones: z
    .array(
      object({
        phone: Recipient,
        label: z
          .string()
          .regex(/^[\w-]{1,40}$/)
          .optional()
          .describe("Such as HOME or WORK"),
      }),
    )
    .min(1)
    .max(10)
    .optional()
    .describe("Further numbers"),
  organization: line(200).optional().describe("Where the person works"),
  emails: z.array(line(320)).min(1).max(10).optional().describe("E-mail addresses"),
});

/** One emoji, with any skin tone and gender; a symbol without its emoji style gets it. */
export const Emoji = z
  .string()
  .max(40)
  .transform((text) => (text !== "" && !isEmoji(text) && isEmoji(`${text}\uFE0F`) ? `${text}\uFE0F` : text))
  .refine((text) => text === "" || isEmoji(text), "must be a single emoji, or empty to remove the reaction");

/** The cards with their numbers as they are stored. Throws a problem with an error for each bad number. */
export function normalizeCards(cards: readonly ContactCard[], country: string | null, pointer: string): ContactCard[] {
  const reader = new RecipientReader(country);
  const toPhone = (text: string, at: string): string => {
    const chatId = reader.read(text, at);
    const phone = chatId === null ? null : phoneOf(chatId);
    if (chatId !== null && phone === null)
      reader.problems.push({ pointer: at, code: "invalid_phone", detail: "a phone number is expected, not a group" });
    return phone ?? "";
  };
  const normalized = cards.map((card, index) => {
    const at = `${pointer}/${index}`;
    const phone = toPhone(card.phone, `${at}/phone`);
    const others = card.otherPhones?.map((other, position) => ({
      ...other,
      phone: toPhone(other.phone, `${at}/otherPhones/${position}/phone`),
    }));
    return { ...card, phone, ...(others && { otherPhones: others }) };
  });
  reader.finish();
  return normalized;
}
