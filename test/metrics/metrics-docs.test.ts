/** docs/metrics.md and docs/alerts.yaml match the table of metrics. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { METRICS } from "../../metrics/metrics-table.ts";

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string };
}

const read = (path: string) => readFileSync(resolve(import.meta.dirname, "../..", path), "utf8");
const table = new Map<
  string,
  { type: string; of: string; help: string; labels: readonly string[]; buckets: readonly number[] }
>(Object.entries(METRICS));

test("the page lists every metric once, as in the table", () => {
  const rows = [
    ...read("docs/metrics.md").matchAll(
      /^\| `(\w+)` +\| (counter|gauge|histogram) +\| (.*?) +\| ([\w-]+) +\| (.*?) +\|$/gm,
    ),
  ];
  const documented = rows.map(([, name, type, labels, of, help]) => ({
    name,
    type,
    labels: [...(labels ?? "").matchAll(/`(\w+)`/g)].map(([, label]) => label),
    of,
    help,
  }));
  expect(documented).toEqual(
    [...table].map(([name, { type, labels, of, help }]) => ({ name, type, labels: [...labels], of, help })),
  );
});

test("names follow Prometheus' conventions", () => {
  for (const [name, { type, help, labels, buckets }] of table) {
    expect(name).toMatch(type === "counter" ? /^[a-z][a-z0-9_]*_total$/ : /^[a-z][a-z0-9_]*(?<!_total)$/);
    expect([...labels, ""]).not.toContain("le");
    expect(help).not.toMatch(/[|`\n]/);
    expect(buckets).toEqual([...new Set(buckets)].toSorted((a, b) => a - b));
    expect(buckets.length > 0).toBe(type === "histogram");
  }
});

describe("alert rules", () => {
  const { groups } = parse(read("docs/alerts.yaml")) as { groups: { name: string; rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  /** Metrics in an expression, with their selectors. */
  const usesOf = (expr: string) =>
    [...expr.matchAll(/\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b(?:\{([^}]*)\})?/g)].map(([, name = "", selector = ""]) => ({
      name,
      selector,
    }));

  test("each has a unique name, a severity and a summary", () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations, ...rule } of rules) {
      expect(["page", "ticket"]).toContain(labels.severity);
      expect(annotations.summary).not.toBe("");
      if (rule.for !== undefined) expect(rule.for).toMatch(/^\d+[smhd]$/);
    }
  });

  test.each(rules.map((rule) => [rule.alert, rule.expr]))("%s uses existing metrics and labels", (_alert, expr) => {
    const uses = usesOf(expr);
    expect(uses.length).toBeGreaterThan(0);
    for (const { name, selector } of uses) {
      const known = table.get(name) ?? table.get(name.replace(/_(?:bucket|count|sum)$/, ""));
      expect({ name, known: known !== undefined }).toEqual({ name, known: true });
      for (const [, label = "", value] of selector.matchAll(/(\w+)="([^"]*)"/g)) {
        if (label === "le") expect(known!.buckets.map(String)).toContain(value);
        else expect(known!.labels).toContain(label);
      }
    }
  });
});
