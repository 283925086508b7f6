/** Explains to the operator why the system could not start, and what to do about it. */
import { ConfigError } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { isOutage } from "../db/failures.ts";

/** Exit codes from sysexits.h: the configuration is wrong, or a required service is not available. */
const BAD_CONFIGURATION = 78;
const UNAVAILABLE = 69;

/** A server that the configuration names does not answer; the message is for the operator. */
export class DependencyError extends Error {
  override readonly name = "DependencyError";
}

export interface StartError {
  readonly text: string;
  readonly exitCode: number;
}

/** Explanations of file system errors, to be read after the path. */
export const FILE_CODES: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there; change the owner of the folder, or set WPP_DATA_DIR to another one",
  EPERM: "this user may not write there; change the owner of the folder, or set WPP_DATA_DIR to another one",
  EROFS: "the file system is read-only; set WPP_DATA_DIR to a writable folder",
  ENOTDIR: "a part of the path is a file; set WPP_DATA_DIR to a folder",
  EEXIST: "a file with that name exists; set WPP_DATA_DIR to a folder",
  ENOENT: "the folder cannot be created there; set WPP_DATA_DIR to another one",
  ENOSPC: "the disk is full; free some space, or set WPP_DATA_DIR to a folder on another disk",
};

/** Explanations of SQLite's primary result codes. */
const SQLITE_CODES: Readonly<Record<number, string>> = {
  5: "another program has locked it; close that program",
  8: "it is read-only; give this user write access to the file and its folder",
  11: "it is damaged; restore a backup (docs/backup.md)",
  14: "it cannot be opened; give this user access to the file and its folder",
  26: "it is not a SQLite database; move it away, or set WPP_DATA_DIR to another folder",
};

/** Explanations of SQLSTATEs with which a PostgreSQL server refuses the connection. */
const POSTGRES_CODES: Readonly<Record<string, string>> = {
  "28P01": "the password is wrong",
  "28000": "the server does not accept this user",
  "3D000": "the database does not exist; create it",
  "42501": "the user may not create tables there; make it the owner of the database",
};

/** Explains an error at the start; undefined for an error that the operator cannot fix. */
export function explainStartError(error: unknown): StartError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ConfigError || error.name === "ConfigError")
    return { text: error.message, exitCode: BAD_CONFIGURATION };
  if (error instanceof DependencyError) return { text: error.message, exitCode: UNAVAILABLE };
  const code = codeOf("parent" in error ? error.parent : error) ?? "";
  if ("errcode" in error) return explainSqlite(error, Number(error.errcode));
  const refusal = POSTGRES_CODES[code];
  if (refusal !== undefined)
    return { text: `WPP_DATABASE_URL: ${refusal} (${error.message})`, exitCode: BAD_CONFIGURATION };
  const file = FILE_CODES[code];
  if (file !== undefined && "path" in error)
    return { text: `${String(error.path)}: ${file}`, exitCode: BAD_CONFIGURATION };
  if (!isOutage(error)) return undefined;
  return {
    text:
      `The database at WPP_DATABASE_URL does not answer (${error.message}). ` +
      "Check that it is running and can be reached from here",
    exitCode: UNAVAILABLE,
  };
}

function explainSqlite(error: Error, errcode: number): StartError | undefined {
  const cause = SQLITE_CODES[errcode & 0xff];
  return cause === undefined
    ? undefined
    : { text: `The database wpp.db in the data directory: ${cause} (${error.message})`, exitCode: BAD_CONFIGURATION };
}
