import type { SessionReason, SessionState } from "../../../contracts/states.ts";
import { databaseNow, type Sql } from "../../database.ts";
import type { Desired } from "./placements.ts";

/** A session as shown to the operator. */
export interface SessionOverviewRow {
  id: string;
  tenant: string;
  name: string;
  state: SessionState;
  reason: SessionReason;
  since: number;
  desired: Desired;
  phase: string;
  epoch: number;
  owner_node: string | null;
  /** Number of messages that wait to be sent. */
  queued: number;
  /** Number of messages whose outcome is not known yet. */
  in_flight: number;
}

/** The sessions of all tenants, ordered by tenant and name. */
export async function selectSessionOverview(sql: Sql, limit: number): Promise<SessionOverviewRow[]> {
  return sql.all<SessionOverviewRow>(
    `SELECT s.id, t.name AS tenant, s.name, s.state, s.reason, s.since, p.desired, p.phase, p.epoch, p.owner_node,
       (SELECT count(*) FROM messages m WHERE m.session_id = s.id AND m.status IN ('queued', 'retrying')) AS queued,
       (SELECT count(*) FROM messages m WHERE m.session_id = s.id AND m.status IN ('sending', 'reconciling'))
         AS in_flight
     FROM sessions s JOIN placements p ON p.session_id = s.id JOIN tenants t ON t.id = s.tenant_id
     ORDER BY t.name, s.name LIMIT $1`,
    [limit],
  );
}

/** A session node and the number of sessions that it owns. */
export interface NodeOverviewRow {
  incarnation: string;
  node_id: string;
  status: string;
  /** ms until the lease expires; negative after that. */
  lease_remaining: number;
  sessions: number;
}

/** The live nodes, and dead ones that still own sessions. */
export async function selectNodeOverview(sql: Sql): Promise<NodeOverviewRow[]> {
  return sql.all<NodeOverviewRow>(
    `SELECT n.incarnation, n.node_id, n.status, n.lease_until - ${databaseNow(sql.dialect)} AS lease_remaining,
       (SELECT count(*) FROM placements p WHERE p.owner_incarnation = n.incarnation) AS sessions
     FROM nodes n
     WHERE n.status <> 'dead' OR EXISTS (SELECT 1 FROM placements p WHERE p.owner_incarnation = n.incarnation)
     ORDER BY n.started_at`,
  );
}
