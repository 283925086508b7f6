/** What keeps the system from starting although its configuration is well formed, in words for the person who can mend it. */
import { once } from "node:events";
import { access, constants, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { ConfigError, type Config } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { isOutage } from "../db/failures.ts";

/** Exit codes of sysexits.h: the configuration is wrong, or something that is needed is not available. */
const BAD_CONFIGURATION = 78;
const UNAVAILABLE = 69;

export interface Obstacle {
  readonly words: string;
  readonly exitCode: number;
}

/** What the system calls that fail with these codes would need. */
const FILE_CODES: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there; give it the folder, or set WPP_DATA_DIR to one of its own",
  EPERM: "this user may not write there; give it the folder, or set WPP_DATA_DIR to one of its own",
  EROFS: "the file system is read-only; set WPP_DATA_DIR to a folder that can be written",
  ENOTDIR: "a part of the path is a file; set WPP_DATA_DIR to a folder",
  EEXIST: "there is a file of that name; set WPP_DATA_DIR to a folder",
  ENOENT: "it cannot be made there; set WPP_DATA_DIR to a folder that can",
  ENOSPC: "the disk is full; make room, or set WPP_DATA_DIR to a folder on another one",
};

/** SQLite's primary codes. */
const SQLITE_CODES: Readonly<Record<number, string>> = {
  5: "another program holds it locked; close that program",
  8: "it is read-only; give this user the file and its folder",
  11: "it is damaged; restore a backup: docs/backup.md",
  14: "it cannot be opened; give this user the file and its folder",
  26: "it is not a SQLite database; move it away, or set WPP_DATA_DIR to another folder",
};

/** SQLSTATEs of a server that answers and refuses. */
const POSTGRES_CODES: Readonly<Record<string, string>> = {
  "28P01": "the password is wrong",
  "28000": "the server does not let this user in",
  "3D000": "there is no such database; create it",
  "42501": "the user may not create tables there; make it the owner of the database",
};

/** The obstacle behind an error of the start; undefined for what is nobody's to mend but ours. */
export function obstacleOf(error: unknown): Obstacle | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ConfigError || error.name === "ConfigError")
    return { words: error.message, exitCode: BAD_CONFIGURATION };
  const code = codeOf("parent" in error ? error.parent : error) ?? "";
  if ("errcode" in error) return ofSqlite(error, Number(error.errcode));
  const refusal = POSTGRES_CODES[code];
  if (refusal !== undefined)
    return { words: `WPP_DATABASE_URL: ${refusal} (${error.message})`, exitCode: BAD_CONFIGURATION };
  const file = FILE_CODES[code];
  if (file !== undefined && "path" in error)
    return { words: `${String(error.path)}: ${file}`, exitCode: BAD_CONFIGURATION };
  if (!isOutage(error)) return undefined;
  return {
    words: `The database at WPP_DATABASE_URL does not answer (${error.message}). See that it runs, and that it can be reached from here`,
    exitCode: UNAVAILABLE,
  };
}

function ofSqlite(error: Error, errcode: number): Obstacle | undefined {
  const cause = SQLITE_CODES[errcode & 0xff];
  return cause === undefined
    ? undefined
    : { words: `The database wpp.db in the data directory: ${cause} (${error.message})`, exitCode: BAD_CONFIGURATION };
}

/** Makes sure of the data directory and of free ports, before anything is started that would have to be stopped again. */
export async function checkPrerequisites({ dataDir, services, port, host, metrics }: Config): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await access(dataDir, constants.W_OK);
  if (services.includes("api-gateway")) await requireFree("WPP_PORT", port, host);
  if (metrics !== null) await requireFree("WPP_METRICS_PORT", metrics.port, metrics.host);
}

async function requireFree(variable: string, port: number, host: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, "listening");
  } catch (error) {
    const causes: Record<string, string> = {
      EADDRINUSE: `another program listens on ${host}:${port}; stop it, or choose another port`,
      EACCES: `this user may not listen on ${host}:${port}; choose a port above 1023`,
      EADDRNOTAVAIL: `this machine has no address ${host}; 127.0.0.1 and 0.0.0.0 always work`,
      ENOTFOUND: `there is no address ${host}; 127.0.0.1 and 0.0.0.0 always work`,
    };
    const cause = causes[codeOf(error) ?? ""];
    throw cause === undefined ? error : new ConfigError(`${variable}: ${cause}`);
  } finally {
    if (probe.listening) {
      probe.close();
      await once(probe, "close");
    }
  }
}
