/** Reports as CSV (RFC 4180) for those who ask for it by `Accept: text/csv`. */
import { Problem } from "../../contracts/errors.ts";
import type { CallMeta } from "../../access/call.ts";

type Cell = string | number | null;

export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * A spreadsheet takes text that begins like this for a formula, and would run it; with an apostrophe before it, it is
 * text.
 */
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A header line and one line a row, ended by CRLF. */
export function toCsv({ columns, rows }: Sheet): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

const CSV = "text/csv";

/** The media types that the client accepts, the most wanted first. */
function acceptedTypes(accept: string): string[] {
  const types = accept.split(",").map((item) => {
    const [type = "", ...parameters] = item.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    return { type, quality: Number(quality) || 0 };
  });
  return types
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
}

/**
 * The report as it is, or as CSV in a file of this name: as the client accepts it. The problem `not_acceptable` when
 * neither will do.
 */
export function answerIn<T>(meta: CallMeta, report: T, name: string, toSheet: (report: T) => Sheet): T | string {
  for (const type of acceptedTypes(meta.accept ?? "*/*")) {
    if (type === "*/*" || type === "application/*" || type === "application/json") return report;
    if (type !== CSV && type !== "text/*") continue;
    meta.$responseType = `${CSV}; charset=utf-8; header=present`;
    meta.$responseHeaders = { ...meta.$responseHeaders, "Content-Disposition": `attachment; filename="${name}.csv"` };
    return toCsv(toSheet(report));
  }
  throw new Problem("not_acceptable", `"${meta.accept}" cannot be made; accepted: application/json, ${CSV}`);
}
