/** The same settings, in contracts/config-variables.ts, in the README's table and in .env.example. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../contracts/config.ts";
import { README } from "../harness/readme.ts";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

const declared = namesIn(read("contracts/config-variables.ts"), /^ {2}(WPP_\w+): z?/gm);
const inReadme = namesIn(README, /^\| `(WPP_\w+)` +\|/gm);
const example = read(".env.example");
const inExample = namesIn(example, /^# (WPP_\w+)=/gm);

test("the README's table lists every setting once", () => {
  expect(declared.length).toBeGreaterThan(25);
  expect(inReadme.toSorted()).toEqual(declared.toSorted());
});

test(".env.example lists them in the order of the README, each with an explanation", () => {
  expect(inExample).toEqual(inReadme);
  expect(namesIn(example, /^# [^\n]{10,}\n# (WPP_\w+)=/gm)).toEqual(inReadme);
});

test("every line of .env.example is a comment, and its values are valid", () => {
  const values = [...example.matchAll(/^# (WPP_\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);
  expect(example.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
  expect(() => readConfig(Object.fromEntries(values))).not.toThrow();
});
