/** Base64 as people write it is read to the same bytes; text that lost a part is refused, never read as other bytes. */
import { decodeBase64 } from "../../media/base64.ts";

const BYTES = Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 251) % 256));
const PLAIN = BYTES.toString("base64");
const URL_SAFE = BYTES.toString("base64url");
const wrapped = (text: string, width: number, end: string) => text.replace(new RegExp(`.{${width}}`, "g"), `$&${end}`);

test.each([
  ["in one piece", PLAIN],
  ["without padding", PLAIN.replace(/=+$/, "")],
  ["in the URL-safe alphabet", URL_SAFE],
  ["in lines of 76 as in mail", wrapped(PLAIN, 76, "\r\n")],
  ["in lines of 64 as in PEM", wrapped(PLAIN, 64, "\n")],
  ["in a PEM envelope", `-----BEGIN FILE-----\n${wrapped(PLAIN, 64, "\n")}\n-----END FILE-----\n`],
  [
    "in indented lines of different lengths",
    `\n  ${PLAIN.slice(0, 11)}\n  ${PLAIN.slice(11, 100)}\n  ${PLAIN.slice(100)}\n`,
  ],
  ["in groups of four", wrapped(PLAIN, 4, " ")],
  ["as a data: URL", `data:image/png;base64,${PLAIN}`],
  ["as a data: URL in lines", `data:image/png;base64,\n${wrapped(PLAIN, 76, "\n")}`],
  [
    "as a data: URL with escapes",
    `data:;base64,${PLAIN.replaceAll("+", "%2B").replaceAll("/", "%2F").replaceAll("=", "%3D")}`,
  ],
])("%s", (_name, text) => {
  expect(decodeBase64(text).bytes.equals(BYTES)).toBe(true);
});

test.each([
  ["data:text/csv;charset=utf-8;base64,QQ==", "text/csv;charset=utf-8", null],
  ["data:text/csv;name=b%C3%BC.csv;base64,QQ==", "text/csv", "bü.csv"],
  ["DATA:text/csv;BASE64,QQ==", "text/csv", null],
  ["data:;base64,QQ==", null, null],
  ["QQ", null, null],
])("%s gives the type %j and the name %j", (text, mimetype, filename) => {
  expect(decodeBase64(text)).toEqual({ bytes: Buffer.from("A"), mimetype, filename });
});

test.each([
  ["", "it is empty"],
  ["data:image/png;base64,", "it is empty"],
  ["!!!!", 'character 1, "!", is not base64'],
  ["QUJD\nQU*D", 'character 8, "*", is not base64'],
  ["QUJDQ", "it ends in the middle of a group, after 5 characters; it was cut off"],
  ["QUJDQ===", "character 6 is padding (=) inside the text"],
  ["QUJDQQ=", "it ends in the middle of a group, after 6 characters; it was cut off"],
  ["QUI=QUJD", "character 4 is padding (=) inside the text"],
  ["QUJDQUJ", "its last character, number 7, has bits left over; it was cut off"],
  ["data:text/csv,a;b", 'a data: URL with ";base64" before the comma is expected'],
  ["data:;base64,%zz", "the data: URL has an invalid % escape"],
  ["AB CDEFGHIJKLMNOP", expect.stringContaining("character 3 is a space inside the text")],
])("%j is refused: %s", (text, reason) => {
  expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ name: "Base64Error", message: reason }));
});

test("a + that became a space is never read as other bytes", () => {
  const text = Buffer.from(Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? 0xfb : 0xef))).toString(
    "base64",
  );
  expect(text).toContain("+");
  expect(() => decodeBase64(text.replaceAll("+", " "))).toThrow("space inside the text");
});
