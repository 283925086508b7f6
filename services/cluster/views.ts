/** Nodes and placements as the API returns them. */
import type { ClusterNode, Placement } from "../../contracts/routes/cluster.ts";
import type { NodeRow, PlacementRow } from "../../db/statements/sessions/cluster.ts";

export function toNodeView(row: NodeRow): ClusterNode {
  return {
    node: row.node_id,
    incarnation: row.incarnation,
    state: row.status,
    version: row.version,
    zone: row.zone,
    group: row.node_group,
    capacity: row.capacity,
    load: row.load,
    sessions: row.sessions,
    starting: row.starting,
    maxSessions: row.max_sessions,
    leaseAgeMs: Math.max(0, row.lease_age),
    leaseRemainingMs: row.lease_remaining,
    startedAt: new Date(row.started_at).toISOString(),
    leftAt: row.left_at === null ? null : new Date(row.left_at).toISOString(),
    leftReason: row.dead_reason,
  };
}

export function toPlacementView(row: PlacementRow): Placement {
  return {
    sessionId: row.session_id,
    tenantId: row.tenant_id,
    name: row.name,
    state: row.state,
    reason: row.reason,
    node: row.owner_node,
    epoch: row.epoch,
    since: new Date(row.since).toISOString(),
    weight: row.weight,
    zone: row.zone,
    nodeGroup: row.node_group,
    movingTo: row.move_to,
  };
}
