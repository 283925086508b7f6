/** What commands print: tables for people, JSON for programs, and signs that say whether a check passed. */
import { styleText } from "node:util";

type Cell = string | number | boolean | null | undefined;
type Style = Parameters<typeof styleText>[0];

export class Output {
  readonly isJson: boolean;
  readonly isTerminal: boolean;
  readonly #write: (text: string) => void;

  constructor(isJson: boolean, isTerminal: boolean, write: (text: string) => void) {
    this.isJson = isJson;
    this.isTerminal = isTerminal;
    this.#write = write;
  }

  /** A line for people; with --json nothing. */
  say(text: string): void {
    if (!this.isJson) this.#write(`${text}\n`);
  }

  /** Text as it is, in both forms. */
  raw(text: string): void {
    this.#write(text);
  }

  /** A value: as JSON, or as people read it. */
  show(value: unknown, forPeople: () => string): void {
    this.#write(this.isJson ? `${JSON.stringify(value)}\n` : `${forPeople()}\n`);
  }

  /** Entries as lines of JSON, or as a table; `none` is said when there are none. */
  table(
    entries: readonly unknown[],
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
    none: string,
  ): void {
    if (this.isJson) for (const entry of entries) this.#write(`${JSON.stringify(entry)}\n`);
    else if (rows.length === 0) this.say(none);
    else this.#write(`${layOut(columns, rows, (text) => this.style("dim", text))}\n`);
  }

  style(style: Style, text: string): string {
    return this.isTerminal ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** Columns as wide as their widest cell. */
function layOut(columns: readonly string[], rows: readonly (readonly Cell[])[], dim: (text: string) => string): string {
  const texts = rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? "–" : String(cell))));
  const widths = columns.map((name, index) => Math.max(name.length, ...texts.map((row) => (row[index] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [dim(line(columns.map((name) => name.toUpperCase()))), ...texts.map(line)].join("\n");
}
