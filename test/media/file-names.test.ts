/** The name of a download, from the header as servers write it: without a path, readable, or none. */
import { cleanName, nameForType, nameInDisposition, nameInUrl } from "../../media/file-names.ts";

const latin1 = (text: string) => Buffer.from(text, "utf8").toString("latin1");

test.each([
  ['attachment; filename="report 2026.pdf"', "report 2026.pdf"],
  ["attachment; filename=report.pdf", "report.pdf"],
  ["attachment; filename=my report.pdf; size=3", "my report.pdf"],
  ["attachment;filename=report.pdf", "report.pdf"],
  ["ATTACHMENT; FileName = report.pdf", "report.pdf"],
  ["filename=report.pdf", "report.pdf"],
  ["attachment; filename*=UTF-8''f%C3%BCr%20dich.pdf", "für dich.pdf"],
  ["attachment; filename*=iso-8859-1'de'f%FCr.pdf", "für.pdf"],
  ["attachment; filename=\"fallback.pdf\"; filename*=UTF-8''%E4%BD%A0.pdf", "你.pdf"],
  ["attachment; filename*=UTF-8''%FF%FE; filename=\"fallback.pdf\"", "fallback.pdf"],
  ['attachment; filename*=nonsense; filename="fallback.pdf"', "fallback.pdf"],
  ['attachment; filename="a \\"quoted\\" name.pdf"', 'a "quoted" name.pdf'],
  [`attachment; filename="${latin1("für.pdf")}"`, "für.pdf"],
  ['attachment; filename="für.pdf"', "für.pdf"],
  ['attachment; filename="/etc/passwd"', "passwd"],
  ['attachment; filename="..\\\\..\\\\boot.ini"', "boot.ini"],
  ["attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"],
  ['attachment; filename=".."', null],
  ['attachment; filename=""', null],
  ['attachment; filename="a\tb\u0007.pdf"', "ab.pdf"],
  ['attachment; filename="semi;colon.pdf"', "semi;colon.pdf"],
  ["inline", null],
  [undefined, null],
])("%j gives %j", (header, name) => {
  expect(nameInDisposition(header)).toBe(name);
});

test("a name is short, well-formed, and no path", () => {
  expect(cleanName("x".repeat(500))).toHaveLength(200);
  expect(cleanName(`${"x".repeat(199)}😀`)?.isWellFormed()).toBe(true);
  expect(cleanName("a/b/")).toBeNull();
  expect(nameInUrl(new URL("https://example.com/a%2Fb%5Cc.pdf?d=e.png"))).toBe("c.pdf");
  expect(nameInUrl(new URL("https://example.com/"))).toBeNull();
  expect([nameForType("text/csv"), nameForType("application/pdf"), nameForType("a/b")]).toEqual([
    "document.csv",
    "document.pdf",
    "document",
  ]);
});
