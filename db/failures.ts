/** What a failed statement says: whether it was the row's fault, or the database itself is away. Told by names and codes, which survive the way between nodes. */
import { codeOf } from "../contracts/errors.ts";

/** SQLite's extended codes for a unique index and a primary key. */
const SQLITE_UNIQUE = new Set([2067, 1555]);
/** SQLite's primary codes for a file that is locked, read-only, unreadable, on a full disk, or gone. */
const SQLITE_AWAY = new Set([5, 8, 10, 13, 14]);

/** True when a write was refused because another row has the same unique value, whichever way the write went. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("name" in error && error.name === "SequelizeUniqueConstraintError") return true;
  return codeOf(error) === "23505" || ("errcode" in error && SQLITE_UNIQUE.has(Number(error.errcode)));
}

/** True when the database could not be reached, did not answer, or has no room: what was asked may be asked again. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^Sequelize(?:Connection|Host|AccessDenied|InvalidConnection)/.test(error.name)) return true;
  if ("parent" in error && error.parent !== error) return isOutage(error.parent);
  if ("errcode" in error) return SQLITE_AWAY.has(Number(error.errcode) & 0xff);
  const code = codeOf(error);
  // SQLSTATEs of lost connections, of too few resources, of statements that took too long, of transactions that
  // stood in each other's way or stood still, and of a server that goes away; or the network's own codes.
  if (code !== undefined) return /^(?:08...|25P03|40...|53...|57014|57P..)$|^E[A-Z]+$/.test(code);
  return /^(?:Query read timeout|timeout expired|Connection terminated|Client (?:was closed|has encountered a connection error))/.test(
    error.message,
  );
}
