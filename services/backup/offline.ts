/** A restore without services, for the day when nothing is left but the file and the master key: into the configured, empty database. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ConfigError, type Config } from "../../contracts/config.ts";
import { createId } from "../../contracts/ids.ts";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { listTenantIds } from "../../db/statements/backup/restore-rows.ts";
import { createSecrets, readMasterKey, type Secrets } from "../../mixins/secrets.ts";
import { readFacts } from "./archive/file.ts";
import type { Manifest } from "./archive/records.ts";
import type { OnProgress } from "./dump.ts";
import { dropScratch, placeOf, type Place } from "./scratch.ts";
import { requireStopped } from "./after-restore.ts";
import { runTask } from "./tasks.ts";

/** The master key that the operator has put there. A new one, as a first start makes it, would open nothing. */
function readGivenKey(config: Config): Buffer {
  const file = join(config.dataDir, "master.key");
  if (config.masterKey !== null || existsSync(file)) return readMasterKey(config);
  throw new ConfigError(
    `There is no master key. Put the master.key of the lost installation at ${file}, or give it by WPP_MASTER_KEY or WPP_MASTER_KEY_FILE`,
  );
}

async function requireEmpty(database: Database): Promise<void> {
  const tenants = (await listTenantIds(database)).length;
  if (tenants > 0)
    throw new ConfigError(
      `The database is not empty: it has ${tenants} tenants. Restore from within the running system, or give an empty one`,
    );
  await requireStopped(database);
}

async function loadAndSwap(
  place: Place,
  path: string,
  secrets: Secrets,
  mediaDir: string,
  onProgress: OnProgress,
): Promise<Manifest> {
  const id = createId("backup");
  try {
    const key = secrets.key("backup");
    const { manifest, samples } = await runTask("load", { id, place, path, key, mediaDir }, (share) =>
      onProgress(share * 0.8),
    );
    for (const { sealed, ...where } of samples) secrets.open(sealed, where);
    await runTask("swap", { place, id, manifest, intoEmpty: true }, onProgress);
    onProgress(1);
    return manifest;
  } finally {
    await dropScratch(place, id);
  }
}

/** Restores the file; its manifest says what is there now. Fails with ArchiveError or ConfigError, in words for a person. */
export async function restoreOffline(config: Config, file: string, onProgress: OnProgress): Promise<Manifest> {
  const path = resolve(file);
  const secrets = createSecrets(readGivenKey(config));
  // Before anything is made: a wrong key or file must leave nothing behind.
  await readFacts(path, secrets.key("backup"));
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(database);
    await requireEmpty(database);
    return await loadAndSwap(placeOf(database, config.databaseUrl), path, secrets, config.dataDir, onProgress);
  } finally {
    await database.close();
  }
}
