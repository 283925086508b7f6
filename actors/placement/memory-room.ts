/**
 * Whether a node has the memory for another browser: by what its browsers use, measured, of the memory that they may
 * use, and by what the machine has left. Without it a start would end another session's browser, or the node itself.
 */
import type { DriverUsage } from "../../contracts/node-status.ts";
import type { Evidence } from "../../drivers/driver.ts";

/** MB that a browser takes while it starts; later it is less. */
const NEEDED = 200;
/** MB that must be left to the machine. */
const RESERVE = 100;
const MEGABYTE = 1_048_576;

export interface Room {
  /** MB that the node's sessions may use. */
  readonly budget: number;
  /** Bytes that this process could still get; process.availableMemory() knows the container's limit. */
  readonly available: number;
  /** Null where it cannot be measured. */
  readonly usage: Pick<DriverUsage, "browsers"> | null;
}

/** Null when there is room; otherwise the figures that show that there is none, in MB. */
export function lackOfRoom({ budget, available, usage }: Room): Evidence | null {
  const used = Math.round((usage?.browsers ?? []).reduce((sum, { bytes }) => sum + bytes, 0) / MEGABYTE);
  const free = Math.round(available / MEGABYTE);
  if (used + NEEDED <= budget && free >= NEEDED + RESERVE) return null;
  return { neededMb: NEEDED, usedMb: used, budgetMb: budget, freeMb: free };
}
