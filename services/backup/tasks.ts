/** The long pieces of work with a backup. They run in a thread of their own, and in the main one for a restore without services. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { openPostgresConnection, openSqliteFile, type DedicatedConnection } from "../../db/dedicated.ts";
import { MIGRATION_NAMES, readApplied } from "../../db/migrations.ts";
import { sampleSecrets, type SealedSample } from "../../db/statements/backup/backup-checks.ts";
import { ArchiveError } from "./archive/error.ts";
import { readFacts, readLines, writeArchive, type Measured } from "./archive/file.ts";
import type { Manifest } from "./archive/records.ts";
import { dumpLines, type DumpPlan, type OnProgress } from "./dump.ts";
import { findFaults, loadArchive } from "./load.ts";
import { createPrivateFile, createScratch, workFolder, type Place } from "./scratch.ts";
import { swapIn, type SwapOptions } from "./swap.ts";

const SAMPLES = 10;

export interface DumpTask extends DumpPlan {
  readonly id: string;
  readonly place: Place;
  readonly path: string;
  readonly key: Uint8Array;
}

export interface LoadTask {
  readonly id: string;
  readonly place: Place;
  readonly path: string;
  readonly key: Uint8Array;
  /** Where files of media are put; null to only check them. */
  readonly mediaDir: string | null;
}

/** Each kind of work: what it is given and what it gives. */
export interface Tasks {
  dump: { input: DumpTask; output: Measured & { manifest: Manifest } };
  /** Leaves the scratch database to the caller, also when it fails. */
  load: { input: LoadTask; output: { manifest: Manifest; samples: SealedSample[] } };
  swap: { input: SwapOptions; output: null };
}
export type TaskName = keyof Tasks;

/** One unchanging state of the database to read from. */
async function openSnapshot({ place, id, kind }: DumpTask): Promise<DedicatedConnection> {
  if (place.dialect === "postgres") {
    const connection = await openPostgresConnection(place.url, null);
    await connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return connection;
  }
  if (kind === "export") {
    // A small part of the database: reading it in one transaction is shorter than copying everything first.
    const connection = openSqliteFile(place.file, "read");
    await connection.run("BEGIN");
    return connection;
  }
  const file = join(workFolder(place.file), `${id}.snapshot.db`);
  await createPrivateFile(file);
  const live = openSqliteFile(place.file, "live");
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
    // An export is downloaded decrypted: what counts is what its tenant gets.
    return { ...(kind === "export" ? written.content : written.file), manifest: manifest! };
  } finally {
    await source.close();
  }
}

async function load(task: LoadTask, onProgress: OnProgress): Promise<Tasks["load"]["output"]> {
  const { schema } = await readFacts(task.path, task.key);
  const { size } = await stat(task.path);
  let done = 0;
  const onRead = (bytes: number) => onProgress(((done += bytes) / size) * 0.7);
  const scratch = await createScratch(task.place, task.id);
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

async function swap(options: SwapOptions): Promise<null> {
  await swapIn(options);
  return null;
}

const RUN: {
  readonly [N in TaskName]: (input: Tasks[N]["input"], onProgress: OnProgress) => Promise<Tasks[N]["output"]>;
} = { dump, load, swap };

/** Does a piece of work in this very thread. */
export function runTask<N extends TaskName>(
  name: N,
  input: Tasks[N]["input"],
  onProgress: OnProgress,
): Promise<Tasks[N]["output"]> {
  return RUN[name](input, onProgress);
}
