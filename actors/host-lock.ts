/**
 * One session node per host directory: an exclusive lock on a small SQLite file, which the kernel releases when its
 * holder dies. Nodes that share a data directory each have a host directory, named after the node.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "../contracts/config.ts";

export interface HostLock {
  /** Identifies the host directory; it never changes. */
  readonly hostId: string;
  release(): void;
}

/** Takes the lock; throws ConfigError when another process has it, which would open the same browser profiles. */
export function takeHostLock(dataDir: string, name: string): HostLock {
  const directory = join(dataDir, "nodes", name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const handle = new DatabaseSync(join(directory, "lock"), { timeout: 0 });
  try {
    handle.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    handle.close();
    throw new ConfigError(
      `Another process runs sessions as node "${name}" on the data directory ${dataDir}. Stop it, or give this one ` +
        "its own WPP_DATA_DIR, or its own WPP_NODE_ID where nodes share the directory.",
    );
  }
  return { hostId: readHostId(directory), release: () => handle.close() };
}

function readHostId(directory: string): string {
  const file = join(directory, "id");
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
