/** Tables and relative times for the terminal. */

type Cell = string | number;

/** Formats a table as lines: a heading and rows, with columns as wide as their widest cells. */
export function tableOf(heading: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return ["(none)"];
  const cells = [heading, ...rows].map((row) => row.map(String));
  const widths = heading.map((_name, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

/** Formats a time (Unix ms) relative to now, such as `3 min ago` or `in 20 s`; `-` for null. */
export function ago(at: number | null): string {
  if (at === null) return "-";
  const seconds = Math.round((Date.now() - at) / 1_000);
  const distance = Math.abs(seconds);
  const text =
    distance < 120
      ? `${distance} s`
      : distance < 7_200
        ? `${Math.round(distance / 60)} min`
        : `${Math.round(distance / 3_600)} h`;
  return seconds >= 0 ? `${text} ago` : `in ${text}`;
}
