/** Loads an archive into a scratch database with the schema of the archive's source. */
import { mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DedicatedConnection } from "../../db/dedicated.ts";
import type { Sql } from "../../db/database.ts";
import { migrate, MIGRATION_NAMES } from "../../db/migrations.ts";
import { insertRows } from "../../db/statements/backup/table-rows.ts";
import { ArchiveError } from "./archive/error.ts";
import { Meter, type ArchiveLine, type ArchiveRecord, type Manifest, type Value } from "./archive/records.ts";

const BATCH = 500;
/** The allowed paths of media below the data directory; others in an archive are refused. */
const MEDIA_PATH = /^media\/\w+\/\w+\/\w+$/;

export interface Loading {
  readonly lines: AsyncIterable<ArchiveLine>;
  readonly scratch: DedicatedConnection;
  /** The newest migration of the archive's source. */
  readonly schema: string;
  /** Where media files that do not exist yet are written; null to only check them. */
  readonly mediaDir: string | null;
}

/** Loads everything and returns the manifest of the archive. Throws ArchiveError when the archive does not match it. */
export async function loadArchive({ lines, scratch, schema, mediaDir }: Loading): Promise<Manifest> {
  if (!MIGRATION_NAMES.includes(schema)) throw new ArchiveError("newer");
  await migrate(scratch, MIGRATION_NAMES.slice(0, MIGRATION_NAMES.indexOf(schema) + 1));
  const manifest = await scratch.transaction((sql) => loadLines(sql, lines, mediaDir));
  if (manifest.kind !== "installation")
    throw new ArchiveError("invalid", { detail: "an export of one tenant cannot be restored" });
  return manifest;
}

async function loadLines(sql: Sql, lines: AsyncIterable<ArchiveLine>, mediaDir: string | null): Promise<Manifest> {
  const tables = new TableLoader(sql);
  const files = new FileLoader(mediaDir);
  let manifest: Manifest | undefined;
  try {
    for await (const line of lines) {
      if (manifest !== undefined) throw new ArchiveError("invalid");
      if (line.kind === "row") await tables.add(line.values);
      else if (line.kind === "bytes") await files.add(line.bytes);
      else {
        await tables.flush();
        if (line.record.type === "table") tables.open(line.record);
        else if (line.record.type === "manifest") manifest = line.record.manifest;
        else await files.handle(line.record);
      }
    }
  } finally {
    await files.abandon();
  }
  if (manifest === undefined) throw new ArchiveError("damaged");
  if (files.count !== manifest.files.count) throw new ArchiveError("invalid", { detail: "files are missing" });
  return manifest;
}

/** Writes the rows of the current table in batches. */
class TableLoader {
  readonly #sql: Sql;
  #table: { readonly name: string; readonly columns: readonly string[] } | undefined;
  #rows: (readonly Value[])[] = [];

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  open(table: { readonly name: string; readonly columns: readonly string[] }): void {
    this.#table = table;
  }

  async add(values: readonly Value[]): Promise<void> {
    if (this.#table === undefined || values.length !== this.#table.columns.length) throw new ArchiveError("invalid");
    this.#rows.push(values);
    if (this.#rows.length === BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#table !== undefined) await insertRows(this.#sql, this.#table.name, this.#table.columns, this.#rows);
    this.#rows = [];
  }
}

/** Checks the files of the archive, and writes those that do not exist yet when there is a folder for them. */
class FileLoader {
  readonly #folder: string | null;
  #open: { readonly meter: Meter; readonly target: string | null; readonly handle: FileHandle | null } | undefined;
  count = 0;

  constructor(folder: string | null) {
    this.#folder = folder;
  }

  async handle(record: Extract<ArchiveRecord, { type: "file" | "fileEnd" }>): Promise<void> {
    if (record.type === "fileEnd") return this.#finish(record);
    if (!MEDIA_PATH.test(record.path) || this.#open !== undefined) throw new ArchiveError("invalid");
    const target = this.#folder === null ? null : join(this.#folder, record.path);
    const exists = target !== null && (await stat(target).catch(() => undefined)) !== undefined;
    if (target === null || exists) {
      this.#open = { meter: new Meter(), target: null, handle: null };
      return;
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    this.#open = { meter: new Meter(), target, handle: await open(`${target}.part`, "w", 0o600) };
  }

  async add(bytes: Buffer): Promise<void> {
    if (this.#open === undefined) throw new ArchiveError("invalid");
    this.#open.meter.add(bytes);
    await this.#open.handle?.write(bytes);
  }

  /** Removes a file that is only partly written. */
  async abandon(): Promise<void> {
    if (this.#open === undefined) return;
    await this.#open.handle?.close();
    if (this.#open.target !== null) await rm(`${this.#open.target}.part`, { force: true });
    this.#open = undefined;
  }

  async #finish(end: { size: number; sha256: string }): Promise<void> {
    if (this.#open === undefined) throw new ArchiveError("invalid");
    const { meter, target, handle } = this.#open;
    if (meter.size !== end.size || meter.digest() !== end.sha256)
      throw new ArchiveError("invalid", { detail: "a file does not match its checksum" });
    if (handle !== null && target !== null) {
      await handle.sync();
      await handle.close();
      await rename(`${target}.part`, target);
    }
    this.#open = undefined;
    this.count += 1;
  }
}
