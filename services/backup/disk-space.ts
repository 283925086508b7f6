/** Checks that the disks have enough free space for an operation: a full disk would stop the database itself. */
import { mkdir, statfs } from "node:fs/promises";
import { Problem } from "../../contracts/errors.ts";
import type { Database } from "../../db/database.ts";
import type { BackupRow } from "../../db/statements/backup/backups.ts";
import { sumAllMedia, sumMedia } from "../../db/statements/messages/media.ts";
import { readDatabaseSize } from "../../db/statements/backup/restore-rows.ts";
import { workFolder, type DatabaseLocation } from "./scratch-database.ts";
import { manifestOf } from "./views.ts";

/** Size of media in an archive relative to their files: already compressed, they grow a little as compressed base64. */
const MEDIA_FACTOR = 1.1;
const MEGABYTE = 1_000_000;

/** Throws the problem `conflict` when the folder's disk has less than `needed` bytes free. */
export async function requireFreeSpace(folder: string, needed: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const [freeMb, neededMb] = [Math.floor(free / MEGABYTE), Math.ceil(needed / MEGABYTE)];
  throw new Problem("conflict", `not enough disk space: ${freeMb} MB are free and ${neededMb} MB are needed`, {
    facts: { freeMb, neededMb },
  });
}

export interface DiskSpaceOptions {
  readonly database: Database;
  readonly location: DatabaseLocation;
  readonly dataDir: string;
  /** The backup directory. */
  readonly folder: string;
  /** Free space required for an operation, as a multiple of the database's size. */
  readonly freeSpaceFactor: number;
}

/** Each method throws the problem `conflict` when there is not enough space, with the facts `freeMb` and `neededMb`. */
export class DiskSpace {
  readonly #options: DiskSpaceOptions;

  constructor(options: DiskSpaceOptions) {
    this.#options = options;
  }

  /** For a new archive. */
  async requireForBackup(wanted: Pick<BackupRow, "kind" | "tenant_id"> & { readonly media: boolean }): Promise<void> {
    const { database } = this.#options;
    const sum = () => (wanted.kind === "export" ? sumMedia(database, wanted.tenant_id) : sumAllMedia(database));
    await this.#require(wanted.media ? MEDIA_FACTOR * (await sum()) : 0);
  }

  /** For a scratch database. */
  async requireForVerification(): Promise<void> {
    await this.#require(0);
  }

  /** For a scratch database, and for those media files that are not on this disk yet. */
  async requireForRestore(row: BackupRow): Promise<void> {
    const { database, dataDir } = this.#options;
    const missing = (manifestOf(row)?.files.bytes ?? 0) - (await sumAllMedia(database));
    const needed = await this.#require(0);
    if (missing > 0) await requireFreeSpace(dataDir, needed + missing);
  }

  /** Requires space for the database and `additional` bytes; returns the bytes required for the database. */
  async #require(additional: number): Promise<number> {
    const { database, folder, location, freeSpaceFactor } = this.#options;
    const needed = freeSpaceFactor * (await readDatabaseSize(database));
    await requireFreeSpace(folder, needed + additional);
    if (location.dialect === "sqlite") await requireFreeSpace(workFolder(location.file), needed);
    return needed;
  }
}
