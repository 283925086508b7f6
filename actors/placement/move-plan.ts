/** Which sessions move, and where to: as few as possible, so that no node has to give anything away twice. */

export interface PlannedNode {
  readonly node: string;
  /** False for a node that gives everything away. */
  readonly takes: boolean;
  readonly zone: string | null;
  readonly group: string | null;
  /** MB. */
  readonly capacity: number;
  readonly maxSessions: number;
}

export interface PlannedSession {
  readonly sessionId: string;
  readonly node: string;
  /** MB. */
  readonly weight: number;
  /** Where it may run; null for anywhere. */
  readonly zone: string | null;
  readonly group: string | null;
  /** False while a move would cost a person a code, or the session has just moved. */
  readonly isMovable: boolean;
}

export interface PlannedMove {
  readonly sessionId: string;
  readonly from: string;
  /** Null when no live node can take it. */
  readonly to: string | null;
}

/** A node above its share by less than this part of it keeps what it has. */
const TOLERANCE = 0.1;

interface Filled {
  readonly node: PlannedNode;
  load: number;
  sessions: number;
  readonly share: number;
}

/** The moves that bring every node to its share, and empty those that give everything away. */
export function planMoves(nodes: readonly PlannedNode[], sessions: readonly PlannedSession[]): PlannedMove[] {
  const filled = fill(nodes, sessions);
  const moves: PlannedMove[] = [];
  const leaving = sessions.filter(({ node }) => filled.get(node)?.node.takes === false);
  for (const session of leaving.toSorted((a, b) => b.weight - a.weight))
    moves.push({ sessionId: session.sessionId, from: session.node, to: place(filled, session, false) });
  for (const from of filled.values()) {
    if (!from.node.takes || from.load <= from.share * (1 + TOLERANCE)) continue;
    const own = sessions.filter(({ node, isMovable }) => node === from.node.node && isMovable);
    for (const session of own.toSorted((a, b) => b.weight - a.weight)) {
      // A session that is heavier than what is too much would only move the imbalance.
      if (from.load - session.weight < from.share - session.weight / 2) continue;
      const to = place(filled, session, true);
      if (to === null) continue;
      from.load -= session.weight;
      from.sessions -= 1;
      moves.push({ sessionId: session.sessionId, from: session.node, to });
    }
  }
  return moves;
}

/** Nodes with their loads and shares. */
function fill(nodes: readonly PlannedNode[], sessions: readonly PlannedSession[]): Map<string, Filled> {
  const capacity = nodes.reduce((sum, node) => sum + (node.takes ? node.capacity : 0), 0);
  const total = sessions.reduce((sum, { weight }) => sum + weight, 0);
  const shareOf = (node: PlannedNode) => (node.takes ? (total * node.capacity) / Math.max(1, capacity) : 0);
  const filled = new Map(nodes.map((node) => [node.node, { node, load: 0, sessions: 0, share: shareOf(node) }]));
  for (const { node, weight } of sessions) {
    const entry = filled.get(node);
    if (entry === undefined) continue;
    entry.load += weight;
    entry.sessions += 1;
  }
  return filled;
}

/** Puts the session on the node that is emptiest in relation to its share; null when none can take it. */
function place(filled: ReadonlyMap<string, Filled>, session: PlannedSession, onlyBelowShare: boolean): string | null {
  let best: Filled | null = null;
  for (const entry of filled.values()) {
    const { node } = entry;
    if (!node.takes || node.node === session.node || entry.sessions >= node.maxSessions) continue;
    if (session.zone !== null && session.zone !== node.zone) continue;
    if (session.group !== null && session.group !== node.group) continue;
    if (onlyBelowShare && entry.load + session.weight / 2 > entry.share) continue;
    if (best === null || entry.load / node.capacity < best.load / best.node.capacity) best = entry;
  }
  if (best === null) return null;
  best.load += session.weight;
  best.sessions += 1;
  return best.node.node;
}
