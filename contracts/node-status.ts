/** The status of a session node, from which its metrics are set. */
export interface NodeStatus {
  /** Number of sessions on the node, by state. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Heap in use by each worker thread of session actors, in bytes. */
  readonly threadHeaps: readonly number[];
  /** ms until the node must treat its lease as expired. */
  readonly leaseRemaining: number;
  /** Sessions whose send queue is paused, by reason. */
  readonly queuePauses: Readonly<Record<"pace" | "lookup", number>>;
}

/** The browser of one session, with all its processes. */
export interface BrowserUsage {
  readonly sessionId: string;
  /** Proportional: memory that processes share is divided among them. */
  readonly bytes: number;
  /** ms since it was started. */
  readonly age: number;
}

/** The resources that a driver's sessions use on this machine. */
export interface DriverUsage {
  /** Processes of all sessions together. */
  readonly processes: number;
  readonly browsers: readonly BrowserUsage[];
  /** Sessions whose processes have outlived the Node process that started them. */
  readonly orphans: number;
  /** Zombie processes on the machine, of any program. */
  readonly zombies: number;
}
