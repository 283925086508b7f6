/**
 * Contact cards. WhatsApp carries them as vCards, which each make of phone writes differently: versions 2.1 to 4.0,
 * grouped properties of Apple's, numbers with and without WhatsApp's own parameter `waid`.
 */

/** A contact card, in either direction. */
export interface ContactCard {
  readonly name: string;
  /** The first number: E.164 with +, or as the card has it when it does not say the country. Empty when it has none. */
  readonly phone: string;
  /** The card's further numbers, with its names for them, such as `work`. */
  readonly otherPhones?: readonly ContactPhone[];
  readonly organization?: string;
  readonly emails?: readonly string[];
}

export interface ContactPhone {
  readonly phone: string;
  readonly label?: string;
}

interface Property {
  /** Apple's prefix that ties a property to its label, such as `item1`; empty without one. */
  readonly group: string;
  readonly name: string;
  /** Upper-case parameter names; a bare parameter of version 2.1 is a TYPE. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** Reads a vCard. Properties that we do not know are left out; a text that is no vCard gives an empty card. */
export function parseVcard(text: string): ContactCard {
  const properties = toProperties(text);
  const all = (name: string) => properties.filter((property) => property.name === name);
  const [main, ...otherPhones] = all("TEL").flatMap((property) => toPhone(property, properties));
  const [organization] = all("ORG").map(({ value }) => joinParts(value, " "));
  const emails = all("EMAIL").map(({ value }) => unescape(value).trim());
  return {
    name: nameOf(all("FN")[0], all("N")[0], organization),
    phone: main?.phone ?? "",
    ...(otherPhones.length === 0 ? {} : { otherPhones }),
    ...(organization === undefined || organization === "" ? {} : { organization }),
    ...(emails.length === 0 ? {} : { emails }),
  };
}

/** Writes a card as WhatsApp's own clients do; `waid` makes a number one that can be written to from the card. */
export function formatVcard({ name, phone, otherPhones = [], organization, emails = [] }: ContactCard): string {
  const lines = [{ phone, label: "CELL" }, ...otherPhones].map(({ phone: number, label = "OTHER" }) => {
    const digits = number.replace(/\D/g, "");
    return `TEL;type=${label.replace(/[^\w-]/g, "") || "OTHER"};waid=${digits}:${escape(number)}`;
  });
  return [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `N:;${escape(name)};;;`,
    `FN:${escape(name)}`,
    ...(organization === undefined ? [] : [`ORG:${escape(organization)}`]),
    ...lines,
    ...emails.map((email) => `EMAIL:${escape(email)}`),
    "END:VCARD",
  ].join("\n");
}

function nameOf(full: Property | undefined, parts: Property | undefined, organization: string | undefined): string {
  const given = full === undefined ? "" : unescape(full.value).trim();
  if (given !== "") return given;
  const [family = "", first = "", middle = ""] = splitParts(parts?.value ?? "");
  return [first, middle, family].filter(Boolean).join(" ") || (organization ?? "");
}

function toPhone({ group, parameters, value }: Property, all: readonly Property[]): ContactPhone[] {
  const waid = parameters.get("WAID")?.replace(/\D/g, "") ?? "";
  const phone = waid === "" ? toNumber(unescape(value)) : `+${waid}`;
  if (phone === "") return [];
  const named = group === "" ? undefined : all.find((other) => other.group === group && other.name === "X-ABLABEL");
  // Apple writes its own labels as _$!<Work>!$_.
  const label = (named?.value.replace(/^_\$!<|>!\$_$/g, "") ?? parameters.get("TYPE") ?? "").toLowerCase();
  return [label === "" ? { phone } : { phone, label }];
}

function toNumber(text: string): string {
  const number = text.trim().replace(/^tel:/i, "");
  const digits = number.replace(/\D/g, "");
  return digits !== "" && number.startsWith("+") ? `+${digits}` : digits;
}

function toProperties(text: string): Property[] {
  return unfold(text)
    .split("\n")
    .flatMap((line) => {
      const match = /^(?:([\w-]+)\.)?([\w-]+)((?:;[^:]*)?):(.*)$/.exec(line);
      if (match === null) return [];
      const [, group = "", name = "", list = "", value = ""] = match;
      const parameters = toParameters(list);
      const isEncoded = parameters.get("ENCODING")?.toUpperCase() === "QUOTED-PRINTABLE";
      return [{ group, name: name.toUpperCase(), parameters, value: isEncoded ? decodeQuotedPrintable(value) : value }];
    });
}

/** Joins the lines of a value: folded by a leading space, or in quoted-printable by a trailing equals sign. */
function unfold(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  const decodable = lines.replace(/^.*QUOTED-PRINTABLE[^\n]*(?:=\n[^\n]*)+/gim, (value) => value.replace(/=\n/g, ""));
  return decodable.replace(/\n[ \t]/g, "");
}

function toParameters(list: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const parameter of list.split(";").filter(Boolean)) {
    const [name = "", value] = parameter.split("=", 2);
    if (value === undefined) parameters.set("TYPE", name);
    else if (!parameters.has(name.toUpperCase())) parameters.set(name.toUpperCase(), value.replaceAll('"', ""));
  }
  return parameters;
}

function decodeQuotedPrintable(value: string): string {
  const bytes = value.replace(/=([0-9A-F]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

/** The parts of a structured value, such as a name, without their escapes. */
function splitParts(value: string): string[] {
  return value.split(/(?<!\\);/).map((part) => unescape(part).trim());
}

function joinParts(value: string, separator: string): string {
  return splitParts(value).filter(Boolean).join(separator);
}

function unescape(value: string): string {
  return value.replace(/\\([\\,;:nN])/g, (_match, character: string) =>
    character.toLowerCase() === "n" ? "\n" : character,
  );
}

function escape(value: string): string {
  return value.replace(/[\\,;]/g, (character) => `\\${character}`).replace(/\r?\n/g, "\\n");
}
