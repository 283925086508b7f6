/** Plans of moves from what the database says, and requests to carry them out. */
import type { SessionState } from "../../contracts/states.ts";
import type { Sql } from "../../db/database.ts";
import { listNodes, selectPlannedSessions, type NodeRow } from "../../db/statements/sessions/cluster.ts";
import { requestMove, type MoveReason } from "../../db/statements/sessions/placements.ts";
import { planMoves, type PlannedMove } from "./move-plan.ts";

/** States in which a session may be moved: others would cost a person a code, or a start its work. */
const MOVABLE: ReadonlySet<SessionState> = new Set(["connected", "degraded", "reconnecting", "failed"]);

export interface PlanOptions {
  /** A node to empty as well. */
  readonly without?: string;
  /** ms that a session stays where it has moved to, and that a node must have lived, before this plan counts them. */
  readonly settling?: number;
}

/** The moves that would even the load out. Empty while a node is younger than the settling time. */
export async function plan(sql: Sql, { without, settling = 0 }: PlanOptions = {}): Promise<PlannedMove[]> {
  const nodes = (await listNodes(sql)).filter(({ status }) => status !== "dead");
  const rows = await selectPlannedSessions(sql);
  const now = rows[0]?.now ?? 0;
  if (nodes.some(({ started_at }) => now - started_at < settling)) return [];
  return planMoves(
    nodes.map((node) => ({
      node: node.node_id,
      takes: node.status === "up" && node.node_id !== without,
      zone: node.zone,
      group: node.node_group,
      capacity: node.capacity,
      maxSessions: node.max_sessions,
    })),
    rows.map((row) => ({
      sessionId: row.session_id,
      node: row.owner_node,
      weight: row.weight,
      zone: row.zone,
      group: row.node_group,
      isMovable: MOVABLE.has(row.state) && row.now - row.moved_at >= settling,
    })),
  );
}

/** True when a node has so much more than its share that moving sessions is worth it. Reads the nodes' rows only. */
export function isUneven(nodes: readonly Pick<NodeRow, "status" | "capacity" | "load">[]): boolean {
  const up = nodes.filter(({ status }) => status === "up");
  const sum = (of: "capacity" | "load") => up.reduce((total, node) => total + node[of], 0);
  const [capacity, load] = [Math.max(1, sum("capacity")), sum("load")];
  return up.some((node) => node.load > 1.1 * ((load * node.capacity) / capacity) + 1);
}

/** Requests the moves; each owner carries them out at a quiet moment. Returns those that it could request. */
export async function request(sql: Sql, moves: readonly PlannedMove[], why: MoveReason): Promise<PlannedMove[]> {
  const requested: PlannedMove[] = [];
  for (const move of moves)
    if (move.to !== null && (await requestMove(sql, move.sessionId, move.to, why))) requested.push(move);
  return requested;
}
