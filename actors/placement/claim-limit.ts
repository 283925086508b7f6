/**
 * How many sessions a node claims at once. Nodes do not talk to each other about it: each takes what is missing to its
 * share, which is the part of all sessions that its memory is of all nodes' memory. What is left after a few
 * seconds may be taken by any node with room.
 */

/** Sessions that wait for a node that this one could be. */
export interface Waiting {
  readonly count: number;
  /** MB. */
  readonly weight: number;
  /** ms since the first of them waits. */
  readonly longest: number;
}

/** A node as far as claims are concerned. */
export interface ClaimingNode {
  /** MB. */
  readonly capacity: number;
  readonly load: number;
  readonly sessions: number;
  readonly maxSessions: number;
}

/** All live nodes that take sessions, this one included. */
export interface ClaimingCluster {
  readonly nodes: number;
  readonly capacity: number;
  readonly load: number;
  /** Sessions that are starting, on any of them. */
  readonly starting: number;
}

/** Sessions that a node of average size claims at once, and that may be starting in the whole cluster. */
export const CLAIM_LIMITS = { perStep: 200, starting: 1_000 } as const;
/** ms after which sessions beyond a node's share are claimed too. */
export const PATIENCE = 3_000;

/**
 * The number of waiting sessions to claim now. `dice`, from 0 to 1, decides about fractions of a session: if all nodes
 * rounded up, the first ones would take the last one's share.
 */
export function claimLimit(me: ClaimingNode, cluster: ClaimingCluster, waiting: Waiting, dice: number): number {
  const part = me.capacity / Math.max(1, cluster.capacity);
  const room = me.maxSessions - me.sessions;
  const starts = CLAIM_LIMITS.starting - cluster.starting;
  const most = Math.min(room, starts, Math.ceil(CLAIM_LIMITS.perStep * part * cluster.nodes), waiting.count);
  if (most <= 0) return 0;
  const missing = ((cluster.load + waiting.weight) * part - me.load) / (waiting.weight / waiting.count);
  // Others cannot take what still waits after a while. Each node takes its part of that, so it stays even.
  const leftOver = waiting.longest >= PATIENCE ? waiting.count * part : 0;
  const wanted = Math.max(missing, leftOver);
  if (wanted <= 0) return 0;
  return Math.min(most, wanted < 1 ? 1 : Math.floor(wanted + dice));
}
