/** A restore without a running system, from a file and the master key alone, into the configured, empty database. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ConfigError, type Config } from "../../contracts/config.ts";
import { createId } from "../../contracts/ids.ts";
import { openDatabase, type Database } from "../../db/database.ts";
import { migrate } from "../../db/migrations.ts";
import { listTenantIds } from "../../db/statements/backup/restore-rows.ts";
import { createSecrets, readMasterKey, type Secrets } from "../../mixins/secrets.ts";
import { readArchiveInfo } from "./archive/file.ts";
import type { Manifest } from "./archive/records.ts";
import type { OnProgress } from "./dump.ts";
import { dropScratch, locationOf, type DatabaseLocation } from "./scratch-database.ts";
import { requireStopped } from "./after-restore.ts";
import { runTask } from "./thread-tasks.ts";

/** The master key that the operator provides. A restore must not create one, because it could not open the archive. */
function readProvidedKey(config: Config): Buffer {
  const file = join(config.dataDir, "master.key");
  if (config.masterKey !== null || existsSync(file)) return readMasterKey(config);
  throw new ConfigError(
    `There is no master key. Put the master.key of the lost installation at ${file}, ` +
      "or set WPP_MASTER_KEY or WPP_MASTER_KEY_FILE",
  );
}

async function requireEmpty(database: Database): Promise<void> {
  const tenants = (await listTenantIds(database)).length;
  if (tenants > 0)
    throw new ConfigError(
      `The database is not empty: it has ${tenants} tenants. ` +
        "Restore through the running system, or into an empty database",
    );
  await requireStopped(database);
}

async function loadAndReplace(
  location: DatabaseLocation,
  path: string,
  secrets: Secrets,
  mediaDir: string,
  onProgress: OnProgress,
): Promise<Manifest> {
  const id = createId("backup");
  try {
    const key = secrets.key("backup");
    const { manifest, samples } = await runTask("loadIntoScratch", { id, location, path, key, mediaDir }, (share) =>
      onProgress(share * 0.8),
    );
    for (const { sealed, ...field } of samples) secrets.open(sealed, field);
    await runTask("replaceLiveData", { location, id, manifest, intoEmpty: true }, onProgress);
    onProgress(1);
    return manifest;
  } finally {
    await dropScratch(location, id);
  }
}

/** Restores the file and returns its manifest. Throws ArchiveError or ConfigError with a message for the operator. */
export async function restoreOffline(config: Config, file: string, onProgress: OnProgress): Promise<Manifest> {
  const path = resolve(file);
  const secrets = createSecrets(readProvidedKey(config));
  // Before anything is created: a wrong key or file must leave nothing behind.
  await readArchiveInfo(path, secrets.key("backup"));
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(database);
    await requireEmpty(database);
    return await loadAndReplace(locationOf(database, config.databaseUrl), path, secrets, config.dataDir, onProgress);
  } finally {
    await database.close();
  }
}
