/** What a session node says of itself to the health service of the same process. */
export interface NodeFacts {
  /** How many sessions run there, by state. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Bytes of heap in use by each thread of session actors. */
  readonly threadHeaps: readonly number[];
}
