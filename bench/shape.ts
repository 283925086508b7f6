/**
 * `node bench/shape.ts [tree]`: the shape of the code, to compare two checkouts. Overall: median and longest file,
 * longest functions, exports used nowhere (knip), lines over 120. Per top folder: files, lines, and imports between its
 * own files.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize, resolve } from "node:path";

const ROOT = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
const LONGEST_LINE = 120;
/** Folders that are not part of the running system. */
const OTHER = /^(?:test|bench|types)\//;

interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
  /** Paths of the tree's own files that it imports. */
  readonly imports: readonly string[];
}

/** Runs a tool of the tree's node_modules; the tools exit with 1 when they find something. */
function run(tool: string, args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, "node_modules", tool), ...args], {
      cwd: ROOT,
      encoding: "utf8",
      maxBuffer: 1e8,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function readFiles(): SourceFile[] {
  const paths = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return paths.trim().split("\n").flatMap(readSource);
}

function readSource(path: string): SourceFile[] {
  let text: string;
  try {
    text = readFileSync(join(ROOT, path), "utf8");
  } catch {
    return [];
  }
  const imports = [...text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)].map(([, target]) =>
    normalize(join(dirname(path), target!)),
  );
  return [{ path, lines: text.replace(/\n$/, "").split("\n"), imports }];
}

/** Functions by their length in lines, longest first. */
function readFunctions(): { name: string; lines: number }[] {
  const folder = mkdtempSync(join(tmpdir(), "wpp-shape-"));
  const config = join(folder, "oxlint.json");
  writeFileSync(
    config,
    JSON.stringify({ categories: { correctness: "off" }, rules: { "max-lines-per-function": ["error", { max: 1 }] } }),
  );
  const output = run("oxlint/bin/oxlint", ["-c", config, "-f", "json", "."]);
  rmSync(folder, { recursive: true });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { message: string; filename: string }[] };
  return diagnostics
    .filter(({ filename, message }) => !OTHER.test(filename) && message.includes("too many lines"))
    .map(({ message, filename }) => ({
      name: `${filename} ${/`([^`]+)`/.exec(message)?.[1] ?? "(anonymous)"}`,
      lines: Number(/\((\d+)\)/.exec(message)?.[1] ?? 0),
    }))
    .toSorted((a, b) => b.lines - a.lines);
}

function countUnusedExports(): number {
  const { issues } = JSON.parse(run("knip/bin/knip.js", ["--reporter", "json", "--include", "exports,types"])) as {
    issues: { exports?: unknown[]; types?: unknown[] }[];
  };
  return issues.reduce((sum, { exports = [], types = [] }) => sum + exports.length + types.length, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function print(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const text = rows.map((cells) => cells.map(String));
  const widths = text[0]!.map((_, column) => Math.max(...text.map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index]!)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  process.stdout.write(`\n${title}\n\n${[line(text[0]!), line(rule), ...text.slice(1).map(line)].join("\n")}\n`);
}

const files = readFiles();
const own = files.filter(({ path }) => !OTHER.test(path));
const lengths = own.map(({ lines }) => lines.length);
const longest = own.toSorted((a, b) => b.lines.length - a.lines.length)[0]!;
const functions = readFunctions();
const wide = files.reduce((sum, { lines }) => sum + lines.filter((line) => line.length > LONGEST_LINE).length, 0);

print(`${ROOT}, without ${OTHER.source}`, [
  ["measure", "value"],
  ["files, lines", `${own.length}, ${lengths.reduce((sum, lines) => sum + lines, 0)}`],
  ["median file", `${median(lengths)} lines`],
  ["longest file", `${longest.path}, ${longest.lines.length} lines`],
  ["files over 300 lines", lengths.filter((lines) => lines > 300).length],
  ["longest function", `${functions[0]?.name}, ${functions[0]?.lines} lines`],
  ["functions over 40 lines", functions.filter(({ lines }) => lines > 40).length],
  ["exports used nowhere (knip)", countUnusedExports()],
  [`lines over ${LONGEST_LINE} characters, tests included`, wide],
]);

const folderOf = (path: string) => (path.includes("/") ? path.split("/")[0]! : ".");
print("Per top folder", [
  ["folder", "files", "lines", "imports inside", "imports from other folders"],
  ...[...Map.groupBy(files, ({ path }) => folderOf(path))]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([folder, members]) => {
      const targets = members.flatMap(({ imports }) => imports.map(folderOf));
      const inside = targets.filter((target) => target === folder).length;
      const lines = members.reduce((sum, member) => sum + member.lines.length, 0);
      return [folder, members.length, lines, inside, targets.length - inside];
    }),
]);
