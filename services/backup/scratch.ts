/** A database aside: a file of its own beside the SQLite database, a schema of its own in the PostgreSQL one. Whatever becomes of it, the live one is not touched. */
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Database } from "../../db/database.ts";
import { openPostgresConnection, openSqliteFile, type DedicatedConnection } from "../../db/dedicated.ts";
import { quoted } from "../../db/statements/backup/table-shapes.ts";

/** Where the live database is. */
export type Place =
  { readonly dialect: "sqlite"; readonly file: string } | { readonly dialect: "postgres"; readonly url: string };

/** The place of the process's database. */
export function placeOf(database: Pick<Database, "file">, url: string | null): Place {
  if (database.file !== null) return { dialect: "sqlite", file: database.file };
  if (url === null) throw new Error("a database without a file has an address");
  return { dialect: "postgres", url };
}

/** Schemas of PostgreSQL that are ours to drop. */
const SCHEMA_PREFIX = "wpp_scratch_";

export function scratchSchema(id: string): string {
  return SCHEMA_PREFIX + id;
}

/** Unencrypted copies of the database lie where it lies itself, never in the folder of backups. */
export function workFolder(databaseFile: string): string {
  return join(dirname(databaseFile), "backup-work");
}

export function scratchFile(place: Place & { dialect: "sqlite" }, id: string): string {
  return join(workFolder(place.file), `${id}.scratch.db`);
}

/** A live connection of its own. */
export async function openLive(place: Place): Promise<DedicatedConnection> {
  return place.dialect === "sqlite" ? openSqliteFile(place.file, "live") : openPostgresConnection(place.url, null);
}

/** Makes an empty scratch database for this id, in place of an earlier one. */
export async function createScratch(place: Place, id: string): Promise<DedicatedConnection> {
  await dropScratch(place, id);
  if (place.dialect === "sqlite") {
    await createPrivateFile(scratchFile(place, id));
    return openSqliteFile(scratchFile(place, id), "scratch");
  }
  const connection = await openPostgresConnection(place.url, scratchSchema(id));
  try {
    await connection.run(`CREATE SCHEMA ${quoted(scratchSchema(id))}`);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Opens the scratch database that is there. */
export async function openScratch(place: Place, id: string): Promise<DedicatedConnection> {
  return place.dialect === "sqlite"
    ? openSqliteFile(scratchFile(place, id), "scratch")
    : openPostgresConnection(place.url, scratchSchema(id));
}

/** Removes the scratch database, if there is one. */
export async function dropScratch(place: Place, id: string): Promise<void> {
  if (place.dialect === "sqlite") {
    for (const suffix of ["", "-journal", "-wal", "-shm"]) await rm(scratchFile(place, id) + suffix, { force: true });
    return;
  }
  const connection = await openPostgresConnection(place.url, null);
  try {
    await connection.run("SELECT set_config('client_min_messages', 'warning', false)");
    await connection.run(`DROP SCHEMA IF EXISTS ${quoted(scratchSchema(id))} CASCADE`);
  } finally {
    await connection.close();
  }
}

/** An empty file that only its owner reads; SQLite fills it and keeps the mode. */
export async function createPrivateFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await (await open(path, "w", 0o600)).close();
}
