/** The pages that describe the tree, compared with it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { README } from "../harness/readme.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

interface LintOverride {
  readonly rules: { readonly "no-restricted-imports"?: [string, { patterns: { message: string }[] }] };
}

const listOf = (text: string) => (text === "none" || text === "no other folder" ? [] : text.split(/,\s*/)).toSorted();

test("the README's table of imports is what the lint rule enforces", () => {
  const { overrides } = JSON.parse(read(".oxlintrc.json")) as { overrides: LintOverride[] };
  const messages = overrides.flatMap(({ rules }) => rules["no-restricted-imports"]?.[1].patterns ?? []);
  const enforced = messages.flatMap(({ message }) => {
    const rule = /^([\w-]+)\/ may import (.*) only/.exec(message);
    return rule === null ? [] : [[rule[1]!, listOf(rule[2]!)] as const];
  });
  const documented = [...README.matchAll(/^\| `([\w-]+)\/` +\| (.*?) +\|$/gm)].map(
    ([, folder, list]) => [folder!, listOf(list!)] as const,
  );
  expect(documented.length).toBeGreaterThan(10);
  expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(enforced));
});

test("the README's tree has every folder of the repository", () => {
  const tree = /### The tree is the architecture\n\n```\n([\s\S]*?)```/.exec(README)![1]!;
  const named = new Set([...tree.matchAll(/(?:^|\s)([a-z\d-]+)\/(?=\s)/gm)].map((match) => match[1]!));
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .filter((name) => !["node_modules", "data", "coverage"].includes(name));
  expect(folders.filter((name) => !named.has(name))).toEqual([]);
});

test("every path that docs/seed.md names exists", () => {
  const folders = "access|actors|bench|concurrency|contracts|db|docs|drivers|event-log|k8s|media|metrics|mixins";
  const others = "nginx|outbox|sandbox|scripts|services|test";
  const paths = read("docs/seed.md").matchAll(new RegExp(`\`((?:${folders}|${others})/[\\w./-]*)\``, "g"));
  const named = [...new Set([...paths].map((match) => match[1]!))];
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
