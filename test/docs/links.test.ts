/** The links of all Markdown files, and the code that docs/how-a-message-flows.md names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const SKIPPED = new Set(["node_modules", "data", "coverage", ".git"]);
const FLOWS = "docs/how-a-message-flows.md";
const MOST_FILES = 20;

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

interface Link {
  /** The file it leads to, from the root of the repository. */
  readonly path: string;
  /** The heading it leads to; undefined for none. */
  readonly anchor: string | undefined;
}

function linksOf(page: string, text = read(page)): Link[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path, anchor] = target.split("#");
      return { path: path === "" ? page : relative(ROOT, join(ROOT, dirname(page), path!)), anchor };
    });
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const pages = markdownIn("");

test.each(pages)("the relative links of %s lead somewhere", (page) => {
  const broken = linksOf(page).filter(
    ({ path, anchor }) => !existsSync(join(ROOT, path)) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
  );
  expect(broken).toEqual([]);
});

test("links are found at all", () => {
  expect(pages.flatMap((page) => linksOf(page)).length).toBeGreaterThan(80);
});

describe("how a message flows", () => {
  const page = read(FLOWS);
  const sections = page.split(/^## /m).slice(1);

  test.each(["Sending a message", "Receiving a message"])("%s takes at most twenty files", (title) => {
    const section = sections.find((text) => text.startsWith(title))!;
    const files = new Set(linksOf(FLOWS, section).map(({ path }) => path));
    files.delete("docs/glossary.md");
    expect(files.size).toBeGreaterThan(10);
    expect(files.size).toBeLessThanOrEqual(MOST_FILES);
  });

  /** "`name` in [text](file)", and the rows of the tables of names. */
  const named = [
    ...page.matchAll(/`([#\w]+)` in \[[^\]]+\]\(\.\.\/([^)]+)\)/g),
    ...page.matchAll(/^\| `(\w+)` +\|.*\[[^\]]+\]\(\.\.\/([^)]+)\) +\|$/gm),
  ].map(([, name, path]) => ({ name: name!, path: path! }));

  test("the page names code", () => expect(named.length).toBeGreaterThan(40));

  test.each(named)("$name is in $path", ({ name, path }) => {
    expect(read(path)).toMatch(new RegExp(`(?<![\\w#])${name}\\b`));
  });
});
