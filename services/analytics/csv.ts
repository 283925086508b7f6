/** Reports as CSV (RFC 4180), for requests with `Accept: text/csv`. */
import { Problem } from "../../contracts/errors.ts";
import type { CallMeta } from "../../access/call.ts";

type Cell = string | number | null;

export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Spreadsheets evaluate text that starts with one of these as a formula; an apostrophe in front prevents that. */
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A header line and one line for each row, each ended by CRLF. */
export function toCsv({ columns, rows }: Sheet): string {
  return [columns, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

const CSV = "text/csv";

/** The media types that the client accepts, the preferred one first. */
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
 * Returns the report itself, to be sent as JSON, or CSV for a download `<name>.csv`, whichever the client prefers.
 * Throws the problem `not_acceptable` when it accepts neither.
 */
export function inAcceptedFormat<T>(
  meta: CallMeta,
  report: T,
  name: string,
  toSheet: (report: T) => Sheet,
): T | string {
  for (const type of acceptedTypes(meta.accept ?? "*/*")) {
    if (type === "*/*" || type === "application/*" || type === "application/json") return report;
    if (type !== CSV && type !== "text/*") continue;
    meta.$responseType = `${CSV}; charset=utf-8; header=present`;
    meta.$responseHeaders = { ...meta.$responseHeaders, "Content-Disposition": `attachment; filename="${name}.csv"` };
    return toCsv(toSheet(report));
  }
  throw new Problem("not_acceptable", `"${meta.accept}" is not available; accepted: application/json, ${CSV}`);
}
