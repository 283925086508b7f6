/** A temporary database for restores: a separate file next to the SQLite database, or a separate PostgreSQL schema. */
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Database } from "../../db/database.ts";
import { openPostgresConnection, openSqliteFile, type DedicatedConnection } from "../../db/dedicated.ts";
import { quoted } from "../../db/statements/backup/table-shapes.ts";

/** Where the live database is, for connections of other threads. */
export type DatabaseLocation =
  { readonly dialect: "sqlite"; readonly file: string } | { readonly dialect: "postgres"; readonly url: string };

/** The location of the process's database. `url` is that of PostgreSQL. */
export function locationOf(database: Pick<Database, "file">, url: string | null): DatabaseLocation {
  if (database.file !== null) return { dialect: "sqlite", file: database.file };
  if (url === null) throw new Error("a database without a file needs a URL");
  return { dialect: "postgres", url };
}

/** Only PostgreSQL schemas with this prefix are ever dropped. */
const SCHEMA_PREFIX = "wpp_scratch_";

export function scratchSchema(id: string): string {
  return SCHEMA_PREFIX + id;
}

/** Unencrypted copies stay next to the database itself, never in the backup directory. */
export function workFolder(databaseFile: string): string {
  return join(dirname(databaseFile), "backup-work");
}

export function scratchFile(location: DatabaseLocation & { dialect: "sqlite" }, id: string): string {
  return join(workFolder(location.file), `${id}.scratch.db`);
}

/** Opens a dedicated connection to the live database. */
export async function openLive(location: DatabaseLocation): Promise<DedicatedConnection> {
  return location.dialect === "sqlite"
    ? openSqliteFile(location.file, "live")
    : openPostgresConnection(location.url, null);
}

/** Creates an empty scratch database for this id; an earlier one is dropped. */
export async function createScratch(location: DatabaseLocation, id: string): Promise<DedicatedConnection> {
  await dropScratch(location, id);
  if (location.dialect === "sqlite") {
    await createPrivateFile(scratchFile(location, id));
    return openSqliteFile(scratchFile(location, id), "scratch");
  }
  const connection = await openPostgresConnection(location.url, scratchSchema(id));
  try {
    await connection.run(`CREATE SCHEMA ${quoted(scratchSchema(id))}`);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Opens the existing scratch database. */
export async function openScratch(location: DatabaseLocation, id: string): Promise<DedicatedConnection> {
  return location.dialect === "sqlite"
    ? openSqliteFile(scratchFile(location, id), "scratch")
    : openPostgresConnection(location.url, scratchSchema(id));
}

/** Drops the scratch database, if it exists. */
export async function dropScratch(location: DatabaseLocation, id: string): Promise<void> {
  if (location.dialect === "sqlite") {
    for (const suffix of ["", "-journal", "-wal", "-shm"])
      await rm(scratchFile(location, id) + suffix, { force: true });
    return;
  }
  const connection = await openPostgresConnection(location.url, null);
  try {
    await connection.run("SELECT set_config('client_min_messages', 'warning', false)");
    await connection.run(`DROP SCHEMA IF EXISTS ${quoted(scratchSchema(id))} CASCADE`);
  } finally {
    await connection.close();
  }
}

/** Creates an empty file that only its owner can read; SQLite keeps the mode when it writes to it. */
export async function createPrivateFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await (await open(path, "w", 0o600)).close();
}
