/**
 * Recipients as people write them. For each country's example number, each written form and several session countries:
 * never another number; and what can mean two numbers is refused with both.
 */
import { getExampleNumber, type CountryCode, type PhoneNumber } from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { addressOf, parseRecipient, parseRecipients, RecipientReader } from "../../contracts/address.ts";
import { isProblem } from "../../contracts/errors.ts";
import { chatIdForms, formsOf, uniqueChats } from "../../contracts/number-forms.ts";

const COUNTRIES = Object.keys(examples) as CountryCode[];
/** Session countries with long, short and optional trunk prefixes, carrier codes and other prefixes for dialling. */
const ELSEWHERE = ["DE", "BR", "US", "RU", "IN", "AU", "JP", "MX", "IT", "CN"] as const satisfies CountryCode[];

type Written = Readonly<Record<string, string>>;

/** Forms that contain the country code and a +: they must be read in every session. */
function unmistakable(number: PhoneNumber): Written {
  const international = number.formatInternational();
  const digits = number.number.slice(1);
  return {
    "E.164": number.number,
    spaces: international,
    dashes: international.replaceAll(" ", "-"),
    "dots and non-breaking spaces": international.replace(" ", "\u00a0").replaceAll(" ", "."),
    brackets: international.replace(/^(\+\d+) (\d+)/, "($1) [$2]"),
    "direction marks": `\u202a${international}\u202c\u200e`,
    "invisible marks": `\ufeff${international.replaceAll(" ", "\u200b \u2068")}\u2069`,
    "full-width digits": `\uff0b${digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))}`,
    "Arabic digits": `+${digits.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)))}`,
    "a tel: URI": number.getURI(),
    "a wa.me link": `https://wa.me/${digits}?text=mail%20a@b.example`,
    "a WhatsApp link": `https://api.whatsapp.com/send?text=x&phone=${digits}`,
    "text in a spreadsheet": `'${number.number}`,
    "a formula in a spreadsheet": `="${number.number}"`,
    "an id": `${digits}@c.us`,
    "the network's id": `${digits}@s.whatsapp.net`,
    "the network's id of a device": `${digits}:12@s.whatsapp.net`,
  };
}

/** Forms with the country code but without +, which some sessions can also read as a local number. */
function withoutPlus(number: PhoneNumber): Written {
  const digits = number.number.slice(1);
  return { digits, "00": `00${digits}`, "00 and spaces": `00 ${number.formatInternational().slice(1)}` };
}

/** Forms without the country code. */
function local(number: PhoneNumber): Written {
  const national = number.formatNational();
  // Islands with numbers of four digits: too short to tell from other numbers.
  if (number.nationalNumber.length < 5) return {};
  return { national, dashes: national.replaceAll(" ", "-"), digits: national.replace(/\D/g, "") };
}

/** The chat id; or the readings of a text that was refused, none when it is no number at all. */
function read(text: string, country: string | null): string | readonly string[] {
  const reader = new RecipientReader(country);
  return reader.read(text, "/to") ?? reader.problems[0]!.readings ?? [];
}

const isNeverAnother = (result: string | readonly string[], number: PhoneNumber): boolean =>
  typeof result === "string"
    ? result === `${number.number.slice(1)}@c.us`
    : result.length > 1 && result.includes(number.number);

function problemOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const exampleOf = (country: CountryCode) => getExampleNumber(country, examples)!;

test("the numbers of all countries, in forms that mean one number, with any session country", () => {
  const wrong = COUNTRIES.flatMap((country) => {
    const number = exampleOf(country);
    const expected = `${number.number.slice(1)}@c.us`;
    return [null, country, "DE", "BR"].flatMap((session) =>
      Object.entries(unmistakable(number)).flatMap(([form, text]) =>
        read(text, session) === expected ? [] : `${country} in ${session}, ${form}: ${text} -> ${read(text, session)}`,
      ),
    );
  });
  expect(wrong).toEqual([]);
});

test("what the API prints is accepted, also ids that differ from the dialled number", () => {
  const wrong = COUNTRIES.flatMap((country) =>
    formsOf(exampleOf(country).number.slice(1)).flatMap((digits) => {
      const { chatId, phone } = addressOf(`${digits}@c.us`);
      return [null, country, ...ELSEWHERE].flatMap((session) =>
        [chatId, phone!].flatMap((text) =>
          read(text, session) === chatId ? [] : `${text} in ${session} -> ${read(text, session)}`,
        ),
      );
    }),
  );
  expect(wrong).toEqual([]);
});

test("country codes without + are read, or refused with both readings", () => {
  const wrong: string[] = [];
  for (const country of COUNTRIES) {
    const number = exampleOf(country);
    for (const [form, text] of Object.entries(withoutPlus(number))) {
      for (const session of [null, country]) {
        const result = read(text, session);
        if (result !== `${number.number.slice(1)}@c.us`)
          wrong.push(`${country} in ${session}, ${form}: ${text} -> ${result}`);
      }
      for (const session of ELSEWHERE) {
        const result = read(text, session);
        if (!isNeverAnother(result, number)) wrong.push(`${country} in ${session}, ${form}: ${text} -> ${result}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("local numbers are read in their country, or refused with both readings, and nowhere else", () => {
  const wrong: string[] = [];
  const ambiguous = new Set<string>();
  const groupedAlike: string[] = [];
  for (const country of COUNTRIES) {
    const number = exampleOf(country);
    for (const [form, text] of Object.entries(local(number))) {
      const result = read(text, country);
      if (!isNeverAnother(result, number)) wrong.push(`${country}, ${form}: ${text} -> ${result}`);
      else if (typeof result !== "string") ambiguous.add(country);
      if (form === "national" && /\D/.test(text) && typeof result !== "string") groupedAlike.push(country);
      if (text.startsWith("0") && read(text, null).length > 0)
        wrong.push(`${country}, ${form} without a session country`);
    }
  }
  expect(wrong).toEqual([]);
  expect(groupedAlike).toEqual([]);
  // Their digits alone are also a number with another country's code.
  expect([...ambiguous].sort()).toEqual(["CN", "CO", "MP", "MS", "TC", "US"]);
});

test.each([
  ["a German number without its 0 is also one in the USA", "15123456789", "DE", ["+15123456789", "+4915123456789"]],
  ["Russia's prefix 8 and Vietnam's code 84", "84951234567", "RU", ["+84951234567", "+74951234567"]],
  ["a number of Minas Gerais and one of Spain", "34 91234-5678", "BR", ["+34912345678", "+5534912345678"]],
  ["a number of New Jersey and one of Egypt", "2015550123", "US", ["+2015550123", "+12015550123"]],
  ["a Chinese number is also one in the USA", "15123456789", "CN", ["+15123456789", "+8615123456789"]],
])("%s: refused with both readings", (_what, text, country, readings) => {
  expect(problemOf(() => parseRecipient(text, country, "/to"))).toMatchObject({
    type: "invalid_phone",
    data: {
      errors: [{ pointer: "/to", code: "invalid_phone", detail: expect.stringContaining(readings[1]!), readings }],
    },
  });
});

test.each([
  ["the own country's code before a number without +", "4915123456789", "DE", "4915123456789"],
  ["the same with a digit missing, which is no landline", "491512112426", "DE", "491512112426"],
  ["a local number that starts like the country code", "9198765432", "IN", "919198765432"],
  ["the same where the code is also an area code", "62812345678", "ID", "62812345678"],
  ["00 where a carrier code can follow it", "0055 31 98765-4321", "BR", "5531987654321"],
  ["grouped as a local number, although the digits are also one in Egypt", "(201) 555-0123", "US", "12015550123"],
  ["an area code in brackets that is also a country code", "(34) 99123-4567", "BR", "5534991234567"],
  ["a country code in brackets, where it is no local number", "(49) 1512 3456789", "US", "4915123456789"],
  ["grouped with its country code apart, although the digits are also local", "20 15550123", "US", "2015550123"],
  ["a carrier code", "021 11 98765-4321", "BR", "5511987654321"],
  ["the prefix for dialling abroad", "011 49 1512 3456789", "US", "4915123456789"],
  ["a 0 in brackets", "+49 (0)1512 3456789", null, "4915123456789"],
  ["a 0 in brackets that belongs to the number", "+39 (0)2 12345678", null, "390212345678"],
  ["a slash after the area code", "030/12345678", "DE", "493012345678"],
  ["a number that was stored as a decimal one", "5511987654321.0", null, "5511987654321"],
  ["Mexico's old mobile form", "+521 55 1234 5678", null, "5215512345678"],
  ["Argentina's local mobile form", "011 15-2345-6789", "AR", "5491123456789"],
  ["a Brazilian mobile number without the ninth digit", "+55 31 8765-4321", null, "553187654321"],
  ["a link without https", "wa.me/+4915123456789", null, "4915123456789"],
  ["a link to the app", "whatsapp://send/?phone=4915123456789", null, "4915123456789"],
  ["a link with an encoded +", "https://web.whatsapp.com/send?phone=%2B4915123456789&text=x", null, "4915123456789"],
  ["a fictitious number", "15550100001", null, "15550100001"],
])("%s: %s", (_what, text, country, digits) => {
  expect(read(text, country)).toBe(`${digits}@c.us`);
});

test.each([
  ["5.51199E+12", "BR", "scientific notation"],
  ["01512 3456789 / 0171 2345678", "DE", "more than one number"],
  ["+15550100001, +15550100002", null, "more than one number"],
  ["01512 3456789", null, "no country"],
  ["1-800-FLOWERS", "US", "not a phone number"],
  ["++4915123456789", null, "not a phone number"],
  ["+49 1512 3456789 ext. 5", null, "not a phone number"],
  ["", "DE", "is empty"],
  ["\u200b", "DE", "is empty"],
  ["(31) 97981-7372", null, "no country"],
  ["55 3923 7544", null, "not a phone number"],
  ["12-34", null, "not a phone number"],
  ["https://wa.me/message/ABCDEF", null, "not a phone number"],
  ["https://example.com/send/?phone=4915123456789", null, "not a phone number"],
  ["4915123456789@example.com", null, "not a WhatsApp id"],
])("%j is refused with the reason", (text, country, reason) => {
  expect(problemOf(() => parseRecipient(text, country, "/to")).message).toContain(reason);
});

test("a list is read as a whole: an error for each bad item, at most 50", () => {
  const pointerOf = (index: number) => `/recipients/${index}`;
  const few = problemOf(() => parseRecipients(["n/a", "+4915123456789", "unknown"], null, pointerOf));
  expect(few.data.errors?.map(({ pointer }) => pointer)).toEqual(["/recipients/0", "/recipients/2"]);
  expect(few.message).toContain("and 1 more");
  const many = problemOf(() =>
    parseRecipients(
      Array.from({ length: 1_000 }, () => "n/a"),
      null,
      pointerOf,
    ),
  );
  expect(many.data.errors).toHaveLength(50);
  expect(parseRecipients(["+4915123456789", "493012345678"], null, pointerOf)).toHaveLength(2);
});

test("the forms of a number lead to each other, the id's form first", () => {
  expect(formsOf("525512345678")).toEqual(["5215512345678", "525512345678"]);
  expect(formsOf("541123456789")).toEqual(["5491123456789", "541123456789"]);
  expect(formsOf("5531987654321")).toEqual(["553187654321", "5531987654321"]);
  expect(formsOf("551187654321")).toEqual(["5511987654321", "551187654321"]);
  expect(formsOf("553132654321")).toEqual(["553132654321"]);
  for (const digits of ["525512345678", "5491123456789", "553187654321", "4915123456789"])
    for (const form of formsOf(digits)) expect(formsOf(form)).toEqual(formsOf(digits));
  const ids = ["5215512345678@c.us", "4915123456789@c.us", "525512345678@c.us", "4915123456789@c.us"];
  expect(uniqueChats(ids)).toEqual(ids.slice(0, 2));
  expect(chatIdForms("120363000000000000@g.us")).toEqual(["120363000000000000@g.us"]);
});
