/** A measured figure of a run, with the baseline of the same run. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  /** How the figure compares with its baseline, or a second figure of the same measurement. */
  readonly comparison?: string;
}

export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Formats a number with thousands separators, and with decimals only where they are significant. */
export function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(2);
}

/** A ratio with two significant digits. */
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
        "| measurement | figure | comparison |",
        "|---|---|---|",
        ...figures.map((figure) => `| ${figure.what} | ${figure.value} | ${figure.comparison ?? ""} |`),
      ].join("\n"),
    )
    .join("\n\n");
}
