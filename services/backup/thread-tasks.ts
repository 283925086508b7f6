/** The long-running tasks on backups. They run in a worker thread, or in the main thread for an offline restore. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { openPostgresConnection, openSqliteFile, type DedicatedConnection } from "../../db/dedicated.ts";
import { MIGRATION_NAMES, readApplied } from "../../db/migrations.ts";
import { sampleSecrets, type SealedSample } from "../../db/statements/backup/backup-checks.ts";
import { ArchiveError } from "./archive/error.ts";
import { readArchiveInfo, readLines, writeArchive, type Measured } from "./archive/file.ts";
import type { Manifest } from "./archive/records.ts";
import { dumpLines, type DumpPlan, type OnProgress } from "./dump.ts";
import { loadArchive } from "./load-archive.ts";
import { findFaults } from "./scratch-check.ts";
import { createPrivateFile, createScratch, workFolder, type DatabaseLocation } from "./scratch-database.ts";
import { replaceLiveData, type ReplaceOptions } from "./replace-live-data.ts";

/** Encrypted values that the caller decrypts to check the master key. */
const SAMPLES = 10;

export interface DumpTask extends DumpPlan {
  readonly id: string;
  readonly location: DatabaseLocation;
  readonly path: string;
  readonly key: Uint8Array;
}

export interface LoadTask {
  readonly id: string;
  readonly location: DatabaseLocation;
  readonly path: string;
  readonly key: Uint8Array;
  /** Where media files are written; null to only check them. */
  readonly mediaDir: string | null;
}

/** The input and output of each task. */
export interface Tasks {
  dump: { input: DumpTask; output: Measured & { manifest: Manifest } };
  /** The caller must drop the scratch database, also after a failure. */
  loadIntoScratch: { input: LoadTask; output: { manifest: Manifest; samples: SealedSample[] } };
  replaceLiveData: { input: ReplaceOptions; output: null };
}
export type TaskName = keyof Tasks;

/** A connection that sees one unchanging state of the database. */
async function openSnapshot({ location, id, kind }: DumpTask): Promise<DedicatedConnection> {
  if (location.dialect === "postgres") {
    const connection = await openPostgresConnection(location.url, null);
    await connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return connection;
  }
  if (kind === "export") {
    // An export reads a small part of the database: one read transaction is shorter than copying everything first.
    const connection = openSqliteFile(location.file, "read");
    await connection.run("BEGIN");
    return connection;
  }
  const file = join(workFolder(location.file), `${id}.snapshot.db`);
  await createPrivateFile(file);
  const live = openSqliteFile(location.file, "live");
  try {
    await live.run("VACUUM INTO $1", [file]);
  } finally {
    await live.close();
  }
  const snapshot = openSqliteFile(file, "read");
  return { ...snapshot, close: () => snapshot.close().then(() => rm(file, { force: true })) };
}

async function dump(task: DumpTask, onProgress: OnProgress): Promise<Tasks["dump"]["output"]> {
  const source = await openSnapshot(task);
  try {
    const schema = (await readApplied(source)).at(-1) ?? MIGRATION_NAMES[0]!;
    const { kind, tenantId, createdAt } = task;
    let manifest: Manifest | undefined;
    const lines = dumpLines(source, task, onProgress, (made) => (manifest = made));
    const compression = kind === "export" ? "gzip" : "zstd";
    const written = await writeArchive(task.path, { kind, tenantId, createdAt, compression, schema }, task.key, lines);
    // An export is downloaded decrypted, so its size and checksum are those of the content.
    return { ...(kind === "export" ? written.content : written.file), manifest: manifest! };
  } finally {
    await source.close();
  }
}

async function loadIntoScratch(task: LoadTask, onProgress: OnProgress): Promise<Tasks["loadIntoScratch"]["output"]> {
  const { schema } = await readArchiveInfo(task.path, task.key);
  const { size } = await stat(task.path);
  let done = 0;
  const onRead = (bytes: number) => onProgress(((done += bytes) / size) * 0.7);
  const scratch = await createScratch(task.location, task.id);
  try {
    const manifest = await loadArchive({
      lines: readLines(task.path, task.key, onRead),
      scratch,
      schema,
      mediaDir: task.mediaDir,
    });
    const faults = await findFaults(scratch, manifest);
    if (faults.length > 0) throw new ArchiveError("invalid", { detail: faults.join("; ") });
    onProgress(1);
    return { manifest, samples: await sampleSecrets(scratch, SAMPLES) };
  } finally {
    await scratch.close();
  }
}

const RUN: {
  readonly [N in TaskName]: (input: Tasks[N]["input"], onProgress: OnProgress) => Promise<Tasks[N]["output"]>;
} = { dump, loadIntoScratch, replaceLiveData: (options) => replaceLiveData(options).then(() => null) };

/** Runs a task in the current thread. */
export function runTask<N extends TaskName>(
  name: N,
  input: Tasks[N]["input"],
  onProgress: OnProgress,
): Promise<Tasks[N]["output"]> {
  return RUN[name](input, onProgress);
}
