/** Figures of a run: what was measured, beside what it is to be held against. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** The raw limit or the yardstick of the same run, and the ratio to it. */
  readonly beside?: string;
}

export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Thousands apart, no decimals where they say nothing. */
export function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(2);
}

/** A ratio to two digits. */
export function ratio(value: number, to: number): string {
  return `${(value / to).toPrecision(2)}×`;
}

/** The p-th percentile (0 to 100) of numbers. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))] ?? 0;
}

export function toMarkdown(sections: readonly Section[]): string {
  return sections
    .map(({ title, figures }) =>
      [
        `## ${title}`,
        "",
        "| what | figure | beside |",
        "|---|---|---|",
        ...figures.map((figure) => `| ${figure.what} | ${figure.value} | ${figure.beside ?? ""} |`),
      ].join("\n"),
    )
    .join("\n\n");
}
