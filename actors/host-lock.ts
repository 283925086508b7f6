/** One process per data directory: an exclusive lock on a small SQLite file, which the kernel gives back the instant its holder dies. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "../contracts/config.ts";

export interface HostLock {
  /** Names the data directory, for ever. */
  readonly hostId: string;
  release(): void;
}

/** Takes the lock or refuses to start: another process that runs on this directory would open the same browsers. */
export function takeHostLock(dataDir: string): HostLock {
  const handle = new DatabaseSync(join(dataDir, "node.lock"), { timeout: 0 });
  try {
    handle.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    handle.close();
    throw new ConfigError(
      `Another process of this system runs on the data directory ${dataDir}. Stop it, or give this one its own directory with WPP_DATA_DIR.`,
    );
  }
  return { hostId: readHostId(dataDir), release: () => handle.close() };
}

function readHostId(dataDir: string): string {
  const file = join(dataDir, "host-id");
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
