/** From an archive into a scratch database of the schema that the archive was made from, and the check of what arrived. */
import { mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DedicatedConnection } from "../../db/dedicated.ts";
import type { Sql } from "../../db/database.ts";
import { migrate, MIGRATION_NAMES } from "../../db/migrations.ts";
import { findBrokenInvariants } from "../../db/statements/backup/backup-checks.ts";
import { insertRows } from "../../db/statements/backup/table-rows.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import { ArchiveError } from "./archive/error.ts";
import {
  encodeRow,
  Meter,
  TableDigest,
  type ArchiveLine,
  type ArchiveRecord,
  type Manifest,
  type Value,
} from "./archive/records.ts";
import { batches } from "./dump.ts";
import { dataTables } from "./tables.ts";

const BATCH = 500;
/** Where media may lie below the data directory; what the archive says is held to it. */
const MEDIA_PATH = /^media\/\w+\/\w+\/\w+$/;

export interface Loading {
  readonly lines: AsyncIterable<ArchiveLine>;
  readonly scratch: DedicatedConnection;
  /** The newest migration that the archive's database had. */
  readonly schema: string;
  /** Where files of media are put that are not there yet; null to only check them. */
  readonly mediaDir: string | null;
}

/** Loads everything and gives the manifest that came with it. ArchiveError when the two do not agree. */
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
        else await files.take(line.record);
      }
    }
  } finally {
    await files.abandon();
  }
  if (manifest === undefined) throw new ArchiveError("damaged");
  if (files.count !== manifest.files.count) throw new ArchiveError("invalid", { detail: "files are missing" });
  return manifest;
}

/** Rows of the table that was opened last, written in batches. */
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

/** The file that was opened last: checked in any case, written when there is a place for it and none is there yet. */
class FileLoader {
  readonly #folder: string | null;
  #open: { readonly meter: Meter; readonly target: string | null; readonly handle: FileHandle | null } | undefined;
  count = 0;

  constructor(folder: string | null) {
    this.#folder = folder;
  }

  async take(record: Extract<ArchiveRecord, { type: "file" | "fileEnd" }>): Promise<void> {
    if (record.type === "fileEnd") return this.#finish(record);
    if (!MEDIA_PATH.test(record.path) || this.#open !== undefined) throw new ArchiveError("invalid");
    const target = this.#folder === null ? null : join(this.#folder, record.path);
    const isThere = target !== null && (await stat(target).catch(() => undefined)) !== undefined;
    if (target === null || isThere) {
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

  /** Leaves nothing half written. */
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
      throw new ArchiveError("invalid", { detail: "a file is not what it was" });
    if (handle !== null && target !== null) {
      await handle.sync();
      await handle.close();
      await rename(`${target}.part`, target);
    }
    this.#open = undefined;
    this.count += 1;
  }
}

/** What is wrong with the loaded database: rows that differ from the manifest, invariants that do not hold. None when all is well. */
export async function findFaults(scratch: Sql, manifest: Manifest): Promise<string[]> {
  const faults: string[] = [];
  const shapes = dataTables(await readTableShapes(scratch));
  for (const name of Object.keys(manifest.tables))
    if (!shapes.some((shape) => shape.name === name)) faults.push(`the table ${name} is not known`);
  for (const shape of shapes) {
    const digest = new TableDigest();
    const selection = { shape, filter: null };
    for await (const rows of batches(scratch, selection)) {
      for (const row of rows) {
        digest.add(
          encodeRow(
            shape.name,
            shape.columns.map((column) => row[column]),
          ),
        );
      }
    }
    const { rows, checksum } = digest.sums;
    const expected = manifest.tables[shape.name];
    if (expected?.rows !== rows) faults.push(`${shape.name} has ${rows} rows instead of ${expected?.rows ?? 0}`);
    else if (expected.checksum !== checksum) faults.push(`rows of ${shape.name} are not what they were`);
  }
  return [...faults, ...(await findBrokenInvariants(scratch))];
}
