/** The status that a session node reports to the health service of the same process. */
export interface NodeStatus {
  /** Number of sessions on the node, by state. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Heap in use by each worker thread of session actors, in bytes. */
  readonly threadHeaps: readonly number[];
  /** ms until the node must treat its lease as expired. */
  readonly leaseRemaining: number;
  /** Sessions whose send queue is paused, by the reason. */
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
