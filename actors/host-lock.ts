/**
 * One session node per place: an exclusive lock on a small SQLite file, which the kernel gives back the instant its holder
 * dies. On a data directory that several nodes share, each has a place of its own name.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "../contracts/config.ts";

export interface HostLock {
  /** Names the place, for ever. */
  readonly hostId: string;
  release(): void;
}

/** Takes the lock or refuses to start: another process in this place would open the same browsers. */
export function takeHostLock(dataDir: string, name: string): HostLock {
  const place = join(dataDir, "nodes", name);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const handle = new DatabaseSync(join(place, "lock"), { timeout: 0 });
  try {
    handle.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    handle.close();
    throw new ConfigError(
      `Another process runs sessions as node "${name}" on the data directory ${dataDir}. Stop it, or give this one its own WPP_DATA_DIR, or its own WPP_NODE_ID where nodes share the directory.`,
    );
  }
  return { hostId: readHostId(place), release: () => handle.close() };
}

function readHostId(place: string): string {
  const file = join(place, "id");
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
