/** Dumps a database as the lines of an archive: one consistent state, table by table, in constant memory. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { readApplied } from "../../db/migrations.ts";
import type { Row, Sql } from "../../db/database.ts";
import type { MediaRow } from "../../db/rows/media.ts";
import { readCounters } from "../../db/statements/backup/table-counters.ts";
import { countRows, readRows } from "../../db/statements/backup/table-rows.ts";
import { readTableShapes } from "../../db/statements/backup/table-shapes.ts";
import { encodeRecord, encodeRow, Meter, TableDigest, type Manifest, type TableSums } from "./archive/records.ts";
import { selectTables, type Selection } from "./tables.ts";

const BATCH = 500;
/** Bytes of a file per line; divisible by three, so that the base64 of the parts can be concatenated. */
const FILE_CHUNK = 48 * 1024;

export interface DumpPlan {
  readonly kind: Manifest["kind"];
  /** Only this tenant's rows; null for all. */
  readonly tenantId: string | null;
  readonly createdAt: string;
  /** The directory of media files to include; null for none. */
  readonly mediaDir: string | null;
}

/** Called with the progress, from 0 to 1. */
export type OnProgress = (share: number) => void;

/**
 * Yields all lines; the manifest is the last one, and is also passed to `onManifest`. The connection must see one
 * unchanging state.
 */
export async function* dumpLines(
  sql: Sql,
  plan: DumpPlan,
  onProgress: OnProgress,
  onManifest: (manifest: Manifest) => void,
): AsyncGenerator<string> {
  const selections = selectTables(await readTableShapes(sql), plan.tenantId);
  const progress = await startCounting(sql, selections, onProgress);
  const tables: Record<string, TableSums> = {};
  for (const selection of selections) {
    const digest = new TableDigest();
    yield encodeRecord({ type: "table", name: selection.shape.name, columns: [...selection.shape.columns] });
    for await (const rows of batches(sql, selection)) {
      for (const row of rows) {
        const line = encodeRow(
          selection.shape.name,
          selection.shape.columns.map((column) => row[column]),
        );
        digest.add(line);
        yield line;
      }
      progress(rows.length);
    }
    tables[selection.shape.name] = digest.sums;
  }
  const files = { count: 0, bytes: 0, missing: 0 };
  const media = selections.find((selection) => selection.shape.name === "media");
  if (plan.mediaDir !== null && media !== undefined) yield* dumpFiles(sql, media, plan.mediaDir, files);
  const { kind, tenantId, createdAt } = plan;
  const counters = plan.tenantId === null ? await readCounters(sql) : {};
  const manifest: Manifest = {
    version: 1,
    kind,
    tenantId,
    createdAt,
    dialect: sql.dialect,
    schema: await readApplied(sql),
    tables,
    files,
    counters,
  };
  onManifest(manifest);
  yield encodeRecord({ type: "manifest", manifest });
}

async function startCounting(
  sql: Sql,
  selections: readonly Selection[],
  onProgress: OnProgress,
): Promise<(rows: number) => void> {
  let [total, done] = [0, 0];
  for (const { shape, filter } of selections) total += await countRows(sql, shape.name, filter);
  return (rows) => {
    done += rows;
    onProgress(Math.min(0.99, done / Math.max(1, total)));
  };
}

/** The rows of a table in batches. */
export async function* batches(sql: Sql, { shape, filter }: Selection): AsyncGenerator<Row[]> {
  for (let after: Row | null = null; ;) {
    const rows: Row[] = await readRows(sql, { shape, filter, after, limit: BATCH });
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)!;
  }
}

/** The files of the media rows. A missing file is counted as such and does not fail the dump. */
async function* dumpFiles(
  sql: Sql,
  media: Selection,
  folder: string,
  files: Manifest["files"],
): AsyncGenerator<string> {
  for await (const rows of batches(sql, media)) {
    for (const { path } of rows as unknown as MediaRow[]) {
      const found = await stat(join(folder, path)).catch(() => undefined);
      if (found?.isFile() !== true) {
        files.missing += 1;
        continue;
      }
      const meter = new Meter();
      yield encodeRecord({ type: "file", path });
      for await (const chunk of createReadStream(join(folder, path), {
        highWaterMark: FILE_CHUNK,
      }) as AsyncIterable<Buffer>) {
        meter.add(chunk);
        yield JSON.stringify(chunk.toString("base64"));
      }
      yield encodeRecord({ type: "fileEnd", size: meter.size, sha256: meter.digest() });
      files.count += 1;
      files.bytes += meter.size;
    }
  }
}
