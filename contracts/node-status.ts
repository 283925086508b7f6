/** What a session node says of itself to the health service of the same process. */
export interface NodeStatus {
  /** How many sessions run there, by state. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Bytes of heap in use by each thread of session actors. */
  readonly threadHeaps: readonly number[];
  /** ms for which the node may still trust its lease. */
  readonly leaseRemaining: number;
  /** Sessions that hold their next message back, by what they wait for. */
  readonly lanePauses: Readonly<Record<"pace" | "lookup", number>>;
}

/** What the browsers on a node's profiles cost. */
export interface BrowserUsage {
  /** Processes of browsers. */
  readonly processes: number;
  /** Bytes of each browser with all its processes; what they share is counted for each. */
  readonly browserBytes: readonly number[];
  /** Browsers whose Node process is gone. */
  readonly orphans: number;
  /** Ended processes that nobody has collected, whosoever they were. */
  readonly zombies: number;
}
