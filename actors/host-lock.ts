/**
 * One session node per host directory: an exclusive lock on a small SQLite file, which the kernel releases when its
 * holder dies. Nodes that share a data directory each have a host directory, named after the node. Whoever shares the
 * data directory can therefore tell that a node's process has ended.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfigError } from "../contracts/config.ts";

/** ms to wait for a lock: others hold it for a moment when they look whether it is free. */
const PATIENCE = 500;

export interface HostLock {
  /** Identifies the host directory; it never changes. */
  readonly hostId: string;
  release(): void;
}

/** Takes the lock; throws ConfigError when another process has it, which would open the same browser profiles. */
export function takeHostLock(dataDir: string, name: string): HostLock {
  const directory = join(dataDir, "nodes", name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const handle = lock(directory, PATIENCE);
  if (handle === null)
    throw new ConfigError(
      `Another process runs sessions as node "${name}" on the data directory ${dataDir}. Stop it, or give this one ` +
        "its own WPP_DATA_DIR, or its own WPP_NODE_ID where nodes share the directory.",
    );
  return { hostId: readHostId(directory), release: () => handle.close() };
}

/** True when the process that had this host directory has ended; false when it lives, or the directory is not here. */
export function hasHostEnded(dataDir: string, hostId: string): boolean {
  const nodes = join(dataDir, "nodes");
  const name = existsSync(nodes) ? readdirSync(nodes).find((entry) => idIn(join(nodes, entry)) === hostId) : undefined;
  if (name === undefined) return false;
  const handle = lock(join(nodes, name), 0);
  handle?.close();
  return handle !== null;
}

/** The locked file; null when another process has the lock. */
function lock(directory: string, patience: number): DatabaseSync | null {
  const handle = new DatabaseSync(join(directory, "lock"), { timeout: patience });
  try {
    handle.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
    return handle;
  } catch {
    handle.close();
    return null;
  }
}

function idIn(directory: string): string | undefined {
  const file = join(directory, "id");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

function readHostId(directory: string): string {
  const file = join(directory, "id");
  if (!existsSync(file)) writeFileSync(file, randomUUID(), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
