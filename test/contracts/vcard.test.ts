/** Contact cards as the makes of phones write them. */
import { formatVcard, parseVcard } from "../../contracts/vcard.ts";

function card(...lines: string[]): string {
  return ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD"].join("\r\n");
}

test.each([
  [
    "an iPhone's, with a grouped number and its own label",
    card("N:Contact;Sample;;;", "FN:Sample Contact", "item1.TEL:+1 555 010-0001", "item1.X-ABLabel:_$!<Work>!$_"),
    { name: "Sample Contact", phone: "+15550100001" },
  ],
  [
    "several numbers, of which the first can be written to",
    card("FN:Ada", "TEL;type=CELL;waid=15550100001:+1 (555) 010-0001", "TEL;type=WORK:+1 555 010-0002"),
    { name: "Ada", phone: "+15550100001", otherPhones: [{ phone: "+15550100002", label: "work" }] },
  ],
  [
    "escaped commas and semicolons, an organisation and e-mail addresses",
    card("FN:Smith\\, John", "ORG:Smith\\, Jones\\; Co;Sales", "EMAIL;type=INTERNET:john@example.com"),
    { name: "Smith, John", phone: "", organization: "Smith, Jones; Co Sales", emails: ["john@example.com"] },
  ],
  [
    "a long line, folded",
    card("FN:Johann\r\n  Sebastian", "TEL;waid=4915112345678:+49 151 12345678"),
    { name: "Johann Sebastian", phone: "+4915112345678" },
  ],
  [
    "version 2.1 of an old Android, in quoted-printable",
    "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9=\n Mar=C3=ADa\nTEL;CELL:0171 234567\nEND:VCARD",
    { name: "José María", phone: "0171234567" },
  ],
  [
    "version 4.0, with a number as a URI",
    card("FN:Ada", "TEL;VALUE=uri;TYPE=home:tel:+49-151-12345678"),
    { name: "Ada", phone: "+4915112345678" },
  ],
  [
    "a name in parts only",
    card("N:Lovelace;Ada;;;", "TEL:+15550100001"),
    { name: "Ada Lovelace", phone: "+15550100001" },
  ],
  [
    "a business without a name",
    card("FN:", "ORG:Bakery", "TEL:123"),
    { name: "Bakery", phone: "123", organization: "Bakery" },
  ],
  ["a card without a number", card("FN:Nobody"), { name: "Nobody", phone: "" }],
  ["a text that is no card", "hello", { name: "", phone: "" }],
])("reads %s", (_make, text, expected) => {
  expect(parseVcard(text)).toEqual(expected);
});

test("what it writes, it reads back", () => {
  const full = {
    name: "Smith; John, Jr.\\",
    phone: "+15550100001",
    otherPhones: [{ phone: "+15550100002", label: "work" }],
    organization: "Smith, Jones; Co",
    emails: ["john@example.com"],
  };
  expect(parseVcard(formatVcard(full))).toEqual(full);
});
