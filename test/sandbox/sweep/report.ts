/** The page docs/sandbox-coverage.md: what the sandbox's page supports of the libraries, by function. */
import { format } from "prettier";
import type { Outcome } from "./probe.ts";
import type { Row } from "./sweep.ts";

export const HOW = "UPDATE_GOLDEN=1 npx jest test/sandbox/coverage-browser.test.ts --selectProjects Browser";

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  works: "its result looks right, and what it does is seen by the phones, or by the session that it concerns",
  refused: "it refuses as WhatsApp, or the library, documents it",
  missing: "the page lacks something that it needs",
  wrong: "its result is wrong, or nothing happens",
  hangs: "no answer comes",
  impossible: "it cannot work on any page, by a fault of the library",
};
const NAMES = Object.keys(OUTCOMES) as Outcome[];

const INTRODUCTION = `# What the sandbox supports of the library

Each public function of wa-js (\`WPP.*\`) and each public method of wppconnect's client is called in a session on the \
simulated WhatsApp Web page, with sensible arguments. This page is made by that test: \`${HOW}\`.

${NAMES.map((name) => `- **${name}**: ${OUTCOMES[name]}.`).join("\n")}
`;

function spaceOf({ name }: Row): string {
  return name.split(".")[0] ?? "";
}

function countsOf(rows: readonly Row[]): string[] {
  const counts = NAMES.map((name) => rows.filter(({ finding }) => finding.outcome === name).length);
  return [rows.length, ...counts].map((count) => (count === 0 ? "" : String(count)));
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...lines].map(lineOf).join("\n");
}

function remarkOf({ probe }: Row): string {
  if (probe === undefined) return "";
  const { by, note, refuses, impossible } = probe;
  const remarks = [by === "business" ? "as a business" : "", note ?? "", impossible ?? ""];
  const refusal = refuses === undefined ? "" : `\`${refuses}\``;
  return [...remarks, refusal].filter((remark) => remark !== "").join("; ");
}

/** The share of functions that work or refuse as documented, of 1. */
export function shareOf(rows: readonly Row[]): number {
  const right = rows.filter(({ finding: { outcome } }) => outcome === "works" || outcome === "refused");
  return right.length / rows.length;
}

export async function renderPage(rows: readonly Row[]): Promise<string> {
  const spaces = [...new Set(rows.map(spaceOf))].toSorted();
  const of = (space: string): Row[] => rows.filter((row) => spaceOf(row) === space);
  const summary = spaces.map((space) => [`[${space}](#${space})`, ...countsOf(of(space))]);
  const sections = spaces.map((space) => {
    const lines = of(space)
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .map((row) => [`\`${row.name.slice(space.length + 1)}\``, row.finding.outcome, remarkOf(row)]);
    return `## ${space}\n\n${tableOf(["Function", "Outcome", "Remark"], lines)}\n`;
  });
  const page = [
    INTRODUCTION,
    `${(shareOf(rows) * 100).toFixed(1)} % work, or refuse as documented.\n`,
    tableOf(["Namespace", "all", ...NAMES], [...summary, ["all", ...countsOf(rows)]]),
    "",
    ...sections,
  ].join("\n");
  return format(page, { parser: "markdown", printWidth: 120 });
}
