/** Whether the disks have room for what is to be done. Each refuses with the problem `conflict`, and says what is free and what is asked for. */
import type { Database } from "../../db/database.ts";
import type { BackupRow } from "../../db/statements/backup/backups.ts";
import { sumAllMedia, sumMedia } from "../../db/statements/messages/media.ts";
import { readDatabaseSize } from "../../db/statements/backup/restore-rows.ts";
import { requireRoom } from "./disk.ts";
import { workFolder, type Place } from "./scratch.ts";
import { manifestOf } from "./views.ts";

/** Files of media are compressed already; in an archive they are in base64, which compresses to a little more than they were. */
const MEDIA_FACTOR = 1.1;

export interface RoomOptions {
  readonly database: Database;
  readonly place: Place;
  readonly dataDir: string;
  /** Where backups lie. */
  readonly folder: string;
  /** How many times the database's size must be free. */
  readonly roomFactor: number;
}

export class Room {
  readonly #options: RoomOptions;

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  /** For a new archive. */
  async toMake(wanted: Pick<BackupRow, "kind" | "tenant_id"> & { readonly media: boolean }): Promise<void> {
    const { database } = this.#options;
    const sum = () => (wanted.kind === "export" ? sumMedia(database, wanted.tenant_id) : sumAllMedia(database));
    await this.#require(wanted.media ? MEDIA_FACTOR * (await sum()) : 0);
  }

  /** For a scratch database. */
  async toVerify(): Promise<void> {
    await this.#require(0);
  }

  /** For a scratch database, and for files of media: those that are here are not written again. */
  async toRestore(row: BackupRow): Promise<void> {
    const { database, dataDir } = this.#options;
    const missing = (manifestOf(row)?.files.bytes ?? 0) - (await sumAllMedia(database));
    const needed = await this.#require(0);
    if (missing > 0) await requireRoom(dataDir, needed + missing);
  }

  /** Gives the bytes that the database needs. */
  async #require(more: number): Promise<number> {
    const { database, folder, place, roomFactor } = this.#options;
    const needed = roomFactor * (await readDatabaseSize(database));
    await requireRoom(folder, needed + more);
    if (place.dialect === "sqlite") await requireRoom(workFolder(place.file), needed);
    return needed;
  }
}
