/**
 * Reads phone numbers in the forms in which people write and paste them. A text that can mean two numbers is never
 * guessed at: the result names both.
 */
import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from "libphonenumber-js/max";
import { formsOf } from "./number-forms.ts";

/** The number in E.164; or why there is none, with the numbers that the text can mean if there are several. */
export type ReadNumber = { readonly number: string } | { readonly reason: string; readonly readings?: string[] };

interface Reading {
  readonly number: string;
  readonly isValid: boolean;
  /** Contains the country code, without a prefix for dialling or with 00. */
  readonly isInternational: boolean;
  readonly isOfOwnCountry: boolean;
  /** A national number exactly as its country writes it: with the trunk prefix if there is one, no carrier code. */
  readonly isAsWritten: boolean;
  /** The digits are grouped as this number is written: the country code apart, or the groups of its country. */
  readonly isGrouped: boolean;
}

const ACCEPTED =
  "accepted: E.164 such as +15550100001, or a local number if the session has a country (settings.country)";

const LOCAL_WITHOUT_COUNTRY =
  "is a local number, and the session has no country: write it as E.164, or set settings.country";

/** Marks without a width, such as those around numbers that are copied from a contact list. */
const INVISIBLE = /\p{Cf}/gu;
/** Zeros of the digits that keyboards of other scripts type: Arabic, Persian, Devanagari, Bengali, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];
const OTHER_DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join("")}]`,
  "g",
);
const SEPARATORS = /[\s()[\]./~\p{Pd}\u2212\uff0f\uff0e\uff08\uff09]+/gu;
const PLAIN = /^\+?\d{5,20}$/;
/** What spreadsheets put around a number that is kept as text. */
const QUOTED = /^=?["'‘’“”`]*(.*?)["'‘’“”`]*$/s;
const LINK = /^(?:https?:\/\/|whatsapp:\/\/)?(?:www\.)?(?:wa\.me|(?:api\.|web\.)?whatsapp\.com|send)\//i;

/** The digits in a link that opens a chat; undefined for any other text. */
function digitsOfLink(text: string): string | undefined {
  if (!LINK.test(text)) return undefined;
  const url = URL.parse(text.includes("://") ? text : `https://${text}`);
  const number = url?.hostname.endsWith("wa.me") ? url.pathname.replaceAll("/", "") : url?.searchParams.get("phone");
  return /^[+ ]?(\d{5,20})$/.exec(number ?? "")?.[1];
}

/** `text` without what surrounds the number, and with ASCII digits. */
function clean(text: string): string {
  const visible = text.replace(INVISIBLE, "").trim();
  const link = digitsOfLink(visible);
  if (link !== undefined) return `+${link}`;
  return (
    QUOTED.exec(visible)![1]!
      .trim()
      .replace(/^tel:/i, "")
      .replace(OTHER_DIGITS, (digit) => {
        const code = digit.charCodeAt(0);
        return String(code - ZEROS.findLast((zero) => zero <= code)!);
      })
      .replace(/^\uff0b/, "+")
      // A whole number that a program has stored as a decimal one.
      .replace(/^(\+?\d{7,15})[.,]0{1,2}$/, "$1")
  );
}

/** Why a text that is not a number is not one, when the reason is known. */
function explain(cleaned: string): string | null {
  if (cleaned === "") return `is empty; ${ACCEPTED}`;
  if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$/i.test(cleaned))
    return "is in scientific notation: a spreadsheet has dropped its last digits; format the column as text";
  const parts = cleaned.split(/[/;,|]|\bor\b|\band\b/i).filter((part) => part.replace(/\D/g, "").length >= 7);
  return parts.length > 1 ? "contains more than one number" : null;
}

const parse = (text: string, country?: CountryCode): PhoneNumber | undefined =>
  // Without `extract: false` the parser would find a number inside any text.
  parsePhoneNumberFromString(text, { extract: false, ...(country === undefined ? {} : { defaultCountry: country }) });

/** True for a number that is in use, in any form that WhatsApp's ids have. */
function isValid(parsed: PhoneNumber): boolean {
  if (parsed.isValid()) return true;
  const forms = formsOf(parsed.number.slice(1));
  return forms.length > 1 && forms.some((form) => parse(`+${form}`)?.isValid() === true);
}

/** Digits that stand together. */
const groupsOf = (text: string): string[] => text.match(/\d+/g) ?? [];

/** What is read: the text with its separators, and without. */
interface Input {
  readonly cleaned: string;
  readonly plain: string;
  readonly country: CountryCode | undefined;
}

/** The digits of a local number without its trunk prefix, where it is often left out. */
function withoutOptionalPrefix(parsed: PhoneNumber): string {
  return parsed.formatNational({ nationalPrefix: false }).replace(/\D/g, "");
}

/** The reading of a number that was parsed from the input; none when it cannot be in use. */
function toReading(parsed: PhoneNumber | undefined, isInternational: boolean, input: Input): Reading[] {
  if (parsed === undefined || parsed.ext !== undefined) return [];
  const valid = isValid(parsed);
  if (!valid && !parsed.isPossible()) return [];
  const { cleaned, plain, country } = input;
  const code = parsed.countryCallingCode;
  const groups = groupsOf(cleaned);
  const national = groupsOf(parsed.formatNational());
  return [
    {
      number: parsed.number,
      isValid: valid,
      isInternational,
      isOfOwnCountry: country !== undefined && code === getCountryCallingCode(country),
      isAsWritten: !isInternational && (national.join("") === plain || withoutOptionalPrefix(parsed) === plain),
      isGrouped: groups.length > 1 && (isInternational ? groups[0] === code : groups.join(" ") === national.join(" ")),
    },
  ];
}

const isBracketed = (cleaned: string): boolean => /^[(\uff08]\d/.test(cleaned);

/** The numbers that the digits can mean, each once. */
function readingsOf(input: Input): Reading[] {
  const { cleaned, plain, country } = input;
  if (plain.startsWith("+")) return toReading(parse(plain), true, input);
  const readings = toReading(parse(`+${plain}`), true, input).filter(({ isGrouped, isValid }) => {
    // An area code in brackets, and separators in a number that is not in use, are those of a local number.
    if (isBracketed(cleaned)) return country !== undefined && isGrouped && isValid;
    return isValid || !/\d\D+\d/.test(cleaned);
  });
  if (plain.startsWith("00")) readings.push(...toReading(parse(`+${plain.slice(2)}`), true, input));
  if (country !== undefined) readings.push(...toReading(parse(plain, country), false, input));
  return [...new Map(readings.toReversed().map((reading) => [reading.number, reading])).values()].reverse();
}

/**
 * The readings that remain plausible: a number with the session's own country code rather than a local one that lacks
 * its trunk prefix, or that is dialled through another carrier; numbers in use rather than unused ones; and a number
 * that is grouped as its country groups it rather than one that would be grouped otherwise.
 */
function plausible(readings: readonly Reading[], { cleaned }: Input): readonly Reading[] {
  const own = readings.filter((reading) => reading.isInternational && reading.isOfOwnCountry);
  const others = readings.filter((reading) => !own.includes(reading));
  if (own.length === 1 && others.every(({ isAsWritten, isInternational }) => !isAsWritten && !isInternational))
    return own;
  const valid = readings.filter((reading) => reading.isValid);
  const remaining = valid.length > 0 ? valid : readings;
  const grouped = remaining.filter((reading) => reading.isGrouped);
  const local = grouped.filter((reading) => !reading.isInternational);
  if (isBracketed(cleaned) && local.length === 1) return local;
  return grouped.length === 1 ? grouped : remaining;
}

/** Reads a number; `country` is that of local numbers, null when they are not accepted. */
export function readPhoneNumber(text: string, country: string | null): ReadNumber {
  const cleaned = PLAIN.test(text) ? text : clean(text);
  const known = explain(cleaned);
  if (known !== null) return { reason: known };
  const plain = cleaned.replace(SEPARATORS, "");
  if (!PLAIN.test(plain)) return { reason: `is not a phone number; ${ACCEPTED}` };
  const input = { cleaned, plain, country: (country ?? undefined) as CountryCode | undefined };
  const readings = plausible(readingsOf(input), input);
  const [only, ...others] = readings;
  if (only === undefined) {
    const isLocal = country === null && (/^0[1-9]/.test(plain) || isBracketed(cleaned));
    return { reason: isLocal ? LOCAL_WITHOUT_COUNTRY : `is not a phone number; ${ACCEPTED}` };
  }
  if (others.length === 0) return { number: only.number };
  const numbers = readings.map(({ number }) => number);
  return { reason: `can mean ${numbers.join(" or ")}: write it with + and the country code`, readings: numbers };
}
