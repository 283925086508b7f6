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

/** What a driver's sessions cost the machine. */
export interface DriverUsage {
  /** Processes of all sessions together. */
  readonly processes: number;
  /** Resident bytes of each session with all its processes; memory that they share counts for each. */
  readonly sessionBytes: readonly number[];
  /** Sessions whose processes have outlived the Node process that started them. */
  readonly orphans: number;
  /** Ended processes that their parents have not waited for, of any program. */
  readonly zombies: number;
}
