/** What this node is and has, for the others to see. */
import { readFileSync } from "node:fs";
import type { Config } from "../../contracts/config.ts";
import type { NodeFacts } from "../../db/statements/sessions/nodes.ts";

const PACKAGE = new URL("../../package.json", import.meta.url);
const MEGABYTE = 1_048_576;
/** The share of the memory that sessions may use; the rest is for the process itself and the system's file cache. */
const SHARE = 0.75;

export function factsOf(nodeId: string, config: Config): NodeFacts {
  const { version } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { version: string };
  return {
    nodeId,
    version,
    zone: config.zone,
    group: config.nodeGroup,
    capacity: config.nodeMemory ?? Math.max(1, Math.floor((memoryLimit() / MEGABYTE) * SHARE)),
    maxSessions: config.maxSessions,
  };
}

/** Bytes that this process may use: the container's limit, or the machine's memory. */
function memoryLimit(): number {
  const limit = process.constrainedMemory();
  const available = process.availableMemory() + process.memoryUsage.rss();
  return limit > 0 && limit < Number.MAX_SAFE_INTEGER ? Math.min(limit, Math.max(available, 1)) : available;
}
