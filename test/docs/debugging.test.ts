/** docs/debugging.md has something to say about every reason of a session and every failure of a message. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MESSAGE_FAILURES, SESSION_REASONS } from "../../contracts/states.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/debugging.md"), "utf8");

/** The codes in the first column of the table below a heading. */
function codesBelow(heading: string): string[] {
  const start = PAGE.indexOf(`\n### ${heading}\n`);
  expect(start).toBeGreaterThan(0);
  const section = PAGE.slice(start + 1).split(/\n#+ /)[0]!;
  return [...section.slice(heading.length).matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]!);
}

test("it lists every reason of a session", () => {
  expect(codesBelow("What each reason means").toSorted()).toEqual(SESSION_REASONS.toSorted());
});

test("it lists every failure of a message", () => {
  expect(codesBelow("Why a message failed").toSorted()).toEqual(MESSAGE_FAILURES.toSorted());
});
