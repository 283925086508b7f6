/** The cluster as its administrators see it: nodes, and where sessions run. */
import type { SessionReason, SessionState } from "../../../contracts/states.ts";
import { databaseNow, type Sql } from "../../database.ts";
import type { NodeEnd, NodeState } from "./nodes.ts";
import type { MoveReason } from "./placements.ts";

export interface NodeRow {
  incarnation: string;
  node_id: string;
  status: NodeState;
  version: string | null;
  zone: string | null;
  node_group: string | null;
  capacity: number;
  load: number;
  sessions: number;
  starting: number;
  max_sessions: number;
  started_at: number;
  /** ms since the last renewal, and until the lease expires. */
  lease_age: number;
  lease_remaining: number;
  dead_reason: NodeEnd | null;
  left_at: number | null;
}

/** All nodes, the live ones first; those that died are kept for a day. */
export async function listNodes(sql: Sql): Promise<NodeRow[]> {
  const now = databaseNow(sql.dialect);
  return sql.all<NodeRow>(
    `SELECT incarnation, node_id, status, version, zone, node_group, capacity, load, sessions, starting, max_sessions,
       started_at, ${now} - renewed_at AS lease_age, lease_until - ${now} AS lease_remaining, dead_reason, left_at
     FROM nodes ORDER BY CASE WHEN status = 'dead' THEN 1 ELSE 0 END, node_id, started_at DESC`,
  );
}

export interface PlacementRow {
  session_id: string;
  tenant_id: string;
  name: string;
  state: SessionState;
  reason: SessionReason;
  phase: string;
  desired: string;
  owner_node: string | null;
  epoch: number;
  since: number;
  weight: number;
  zone: string | null;
  node_group: string | null;
  move_to: string | null;
  move_reason: MoveReason | null;
}

const SELECT = `SELECT p.session_id, p.tenant_id, s.name, s.state, s.reason, p.phase, p.desired, p.owner_node, p.epoch,
    p.since, p.weight, p.zone, p.node_group, p.move_to, p.move_reason
  FROM placements p JOIN sessions s ON s.id = p.session_id`;

export interface PlacementsFilter {
  /** Only sessions with a greater id. */
  readonly after: string;
  readonly limit: number;
  /** Only those on this node; null for all. */
  readonly node: string | null;
}

/** Placements of all tenants in the order of their sessions' ids. */
export async function listPlacements(sql: Sql, { after, limit, node }: PlacementsFilter): Promise<PlacementRow[]> {
  return sql.all<PlacementRow>(
    `${SELECT} WHERE p.session_id > $1 AND (CAST($3 AS TEXT) IS NULL OR p.owner_node = $3)
     ORDER BY p.session_id LIMIT $2`,
    [after, limit, node],
  );
}

/** The placement of a session of any tenant. */
export async function findPlacement(sql: Sql, sessionId: string): Promise<PlacementRow | undefined> {
  return (await sql.all<PlacementRow>(`${SELECT} WHERE p.session_id = $1 AND p.desired <> 'deleted'`, [sessionId]))[0];
}

/** What a claim is decided on: the live nodes that take sessions, and the sessions that wait for the given one. */
export interface ClaimSituation {
  nodes: number;
  capacity: number;
  load: number;
  starting: number;
  waiting: number;
  waiting_weight: number;
  /** ms since the first of them waits. */
  longest: number;
}

/** Costs the same however many sessions run. */
export async function readClaimSituation(sql: Sql, incarnation: string): Promise<ClaimSituation> {
  const now = databaseNow(sql.dialect);
  const rows = await sql.all<ClaimSituation>(
    `SELECT n.nodes, n.capacity, n.load, n.starting, w.waiting, w.waiting_weight, w.longest
     FROM (SELECT count(*) AS nodes, coalesce(sum(capacity), 0) AS capacity, coalesce(sum(load), 0) AS load,
         coalesce(sum(starting), 0) AS starting FROM nodes WHERE status = 'up') n
     CROSS JOIN (SELECT count(*) AS waiting, coalesce(sum(p.weight), 0) AS waiting_weight,
         coalesce(${now} - min(p.since), 0) AS longest
       FROM placements p JOIN nodes me ON me.incarnation = $1
       WHERE p.owner_incarnation IS NULL AND p.desired <> 'stopped' AND p.not_before <= ${now}
         AND (p.preferred_node IS NULL OR p.preferred_node = me.node_id OR p.preferred_until <= ${now})
         AND (p.zone IS NULL OR p.zone = me.zone) AND (p.node_group IS NULL OR p.node_group = me.node_group)) w`,
    [incarnation],
  );
  const { nodes, capacity, load, starting, waiting, waiting_weight, longest } = rows[0]!;
  // PostgreSQL sums integers as decimals, which arrive as text.
  return {
    nodes,
    capacity: Number(capacity),
    load: Number(load),
    starting: Number(starting),
    waiting,
    waiting_weight: Number(waiting_weight),
    longest,
  };
}

/** A session for a plan of moves. */
export interface PlannedSessionRow {
  session_id: string;
  owner_node: string;
  weight: number;
  zone: string | null;
  node_group: string | null;
  state: SessionState;
  moved_at: number;
  now: number;
}

/** Every session that a live node owns; one that is about to move counts for the node that it moves to. */
export async function selectPlannedSessions(sql: Sql): Promise<PlannedSessionRow[]> {
  return sql.all<PlannedSessionRow>(
    `SELECT p.session_id, coalesce(p.move_to, p.owner_node) AS owner_node, p.weight, p.zone, p.node_group, s.state,
       p.moved_at, ${databaseNow(sql.dialect)} AS now
     FROM placements p JOIN sessions s ON s.id = p.session_id WHERE p.owner_node IS NOT NULL ORDER BY p.session_id`,
  );
}
