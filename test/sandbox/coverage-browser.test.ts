/** What the sandbox's page supports of wa-js and wppconnect: docs/sandbox-coverage.md is the result of this test. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runSweep } from "./sweep/run.ts";
import { HOW, renderPage, shareOf } from "./sweep/report.ts";
import type { Row } from "./sweep/sweep.ts";

const FILE = join(import.meta.dirname, "../../docs/sandbox-coverage.md");
const REQUIRED_SHARE = 0.98;
const LONG_MS = 240_000;

let rows: readonly Row[] = [];

beforeAll(async () => {
  rows = await runSweep();
}, LONG_MS);

test("each public function of the libraries has a probe, and each probe a function", () => {
  expect(rows.filter(({ probe }) => probe === undefined).map(({ name }) => name)).toEqual([]);
});

test("all functions work, or refuse as documented, except where the library itself is at fault", () => {
  const failing = rows.filter(({ finding: { outcome } }) => !["works", "refused", "impossible"].includes(outcome));
  expect(failing.map(({ name, finding }) => `${name}: ${finding.outcome}, ${finding.detail}`)).toEqual([]);
  expect(shareOf(rows)).toBeGreaterThanOrEqual(REQUIRED_SHARE);
});

test("the page is up to date with what the functions come to", async () => {
  writeFileSync(
    "/tmp/rows.txt",
    rows
      .filter(({ finding }) => finding.outcome !== "works" && finding.outcome !== "refused")
      .map(({ name, finding }) => `${name}: ${finding.outcome}, ${finding.detail}`)
      .join("\n"),
  );
  const page = await renderPage(rows);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(FILE, page);
  if (readFileSync(FILE, "utf8") === page) return;
  const wrong = rows
    .filter(({ finding }) => finding.outcome !== "works" && finding.outcome !== "refused")
    .map(({ name, finding }) => `${name}: ${finding.outcome}, ${finding.detail}`);
  throw new Error(`docs/sandbox-coverage.md is not up to date. Review it: ${HOW}\n${wrong.join("\n")}`);
});
