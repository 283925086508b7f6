import { codeOf } from "../contracts/errors.ts";

/** SQLite's extended codes for a unique index and a primary key. */
const SQLITE = new Set([2067, 1555]);

/** True when a write was refused because another row has the same unique value, whichever way the write went. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("name" in error && error.name === "SequelizeUniqueConstraintError") return true;
  return codeOf(error) === "23505" || ("errcode" in error && SQLITE.has(Number(error.errcode)));
}
