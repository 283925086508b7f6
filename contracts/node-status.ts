/** The status of a session node, from which its metrics are set. */
export interface NodeStatus {
  /** Number of sessions on the node, by state. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Heap in use by each worker thread of session actors, in bytes. */
  readonly threadHeaps: readonly number[];
  /** ms until the node must treat its lease as expired. */
  readonly leaseRemaining: number;
  /** Sessions whose send queue is paused, by the reason. */
  readonly queuePauses: Readonly<Record<"pace" | "lookup", number>>;
}

/** What a driver's sessions cost the machine. */
export interface DriverUsage {
  /** Processes of all sessions together. */
  readonly processes: number;
  /** Resident bytes of each session with all its processes; memory that they share counts for each. */
  readonly sessionBytes: readonly number[];
  /** Sessions whose processes have outlived the Node process that started them. */
  readonly orphans: number;
  /** Zombie processes on the machine, of any program. */
  readonly zombies: number;
}
