/** Fields of messages that several kinds share, or that need more than a type. */
import { z } from "zod";
import { parseRecipient, phoneOf } from "./address.ts";
import { isEmoji } from "./emoji.ts";
import { fieldProblem } from "./errors.ts";
import { object } from "./route.ts";
import type { ContactCard } from "./vcard.ts";

export const Recipient = z.string().min(3).max(80);

/** Only a text or a caption can mention people. */
export const mentions = { mentions: z.array(Recipient).max(256).optional() };

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
          .optional(),
      }),
    )
    .min(1)
    .max(10)
    .optional(),
  organization: line(200).optional(),
  emails: z.array(line(320)).min(1).max(10).optional(),
});

/** One emoji, with any skin tone and gender; a symbol without its emoji style gets it. */
export const Emoji = z
  .string()
  .max(40)
  .transform((text) => (text !== "" && !isEmoji(text) && isEmoji(`${text}\uFE0F`) ? `${text}\uFE0F` : text))
  .refine((text) => text === "" || isEmoji(text), "must be a single emoji, or empty to remove the reaction");

/** The card with its numbers in the form in which they are stored. */
export function normalizeCard(card: ContactCard, country: string | null, pointer: string): ContactCard {
  const { phone, otherPhones } = card;
  return {
    ...card,
    phone: toPhone(phone, country, `${pointer}/phone`),
    ...(otherPhones && {
      otherPhones: otherPhones.map((other, index) => ({
        ...other,
        phone: toPhone(other.phone, country, `${pointer}/otherPhones/${index}/phone`),
      })),
    }),
  };
}

function toPhone(text: string, country: string | null, pointer: string): string {
  const phone = phoneOf(parseRecipient(text, country, pointer));
  if (phone === null) throw fieldProblem("invalid_phone", pointer, "a phone number is expected, not a group");
  return phone;
}
