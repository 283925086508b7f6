/**
 * Classifies failed statements: a conflict of rows, or an unavailable database. Decided by names and codes, which
 * survive the transfer between nodes.
 */
import { codeOf } from "../contracts/errors.ts";

/** SQLite's extended codes for a unique index and a primary key. */
const SQLITE_UNIQUE = new Set([2067, 1555]);
/** SQLite's primary codes for a file that is locked, read-only, unreadable, on a full disk, or missing. */
const SQLITE_UNAVAILABLE = new Set([5, 8, 10, 13, 14]);

/** Messages of node-postgres that come without a code. */
const LOST_CONNECTION =
  /^(?:Query read timeout|timeout expired|Connection terminated|Client (?:was closed|has encountered a connection))/;

/** True when a write was refused because another row has the same unique value, for models and statements alike. */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if ("name" in error && error.name === "SequelizeUniqueConstraintError") return true;
  return codeOf(error) === "23505" || ("errcode" in error && SQLITE_UNIQUE.has(Number(error.errcode)));
}

/** True when the database could not be reached, did not answer, or has no space left: the request may be retried. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (/^Sequelize(?:Connection|Host|AccessDenied|InvalidConnection)/.test(error.name)) return true;
  if ("parent" in error && error.parent !== error) return isOutage(error.parent);
  if ("errcode" in error) return SQLITE_UNAVAILABLE.has(Number(error.errcode) & 0xff);
  const code = codeOf(error);
  // SQLSTATEs of lost connections, insufficient resources, timeouts, conflicting or idle transactions, a server that
  // shuts down, and one that was demoted to a standby; or error codes of the network.
  if (code !== undefined) return /^(?:08...|25006|25P03|40...|53...|57014|57P..)$|^E[A-Z]+$/.test(code);
  return LOST_CONNECTION.test(error.message);
}
