import type { Id } from "../../../contracts/ids.ts";
import type { SessionReason, SessionState } from "../../../contracts/states.ts";
import type { Sql } from "../../database.ts";
import type { Desired } from "./placements.ts";
import type { QueuePause } from "./queue-account.ts";

/** A session with its placement. JSON columns are text, times are in Unix ms. */
export interface SessionRow {
  id: Id<"session">;
  tenant_id: Id<"tenant">;
  name: string;
  network: "whatsapp" | "sandbox";
  driver: "browser" | "light";
  auto_start: number;
  settings: string;
  /** The password of the proxy in the settings, sealed; null when it has none. */
  proxy_password: string | null;
  metadata: string;
  state: SessionState;
  reason: SessionReason;
  since: number;
  evidence: string;
  me_chat_id: string | null;
  me_lid: string | null;
  me_name: string | null;
  /** The account that queued messages are sent from; null until the session is linked for the first time. */
  queue_chat_id: string | null;
  queue_lid: string | null;
  version: number;
  created_at: number;
  updated_at: number;
  desired: Desired;
  /** 1 when a start was requested that no node has acted on yet. */
  start_pending: number;
  owner_node: string | null;
  epoch: number;
  queue_pause: QueuePause;
  /** JSON: the tenant's settings, which apply where the session has none of its own. */
  tenant_settings: string;
}

const SELECT = `SELECT s.*, p.desired, p.owner_node,
    CASE WHEN p.restart_token > p.started_token THEN 1 ELSE 0 END AS start_pending, p.epoch, p.lane_paused AS queue_pause, t.settings AS tenant_settings
  FROM sessions s JOIN placements p ON p.session_id = s.id JOIN tenants t ON t.id = s.tenant_id
  WHERE s.tenant_id = $1 AND p.desired <> 'deleted'`;

/** A tenant's session by its id or its name. */
export async function findSession(sql: Sql, tenantId: string, idOrName: string): Promise<SessionRow | undefined> {
  const column = idOrName.startsWith("ses_") ? "s.id" : "s.name";
  return (await sql.all<SessionRow>(`${SELECT} AND ${column} = $2`, [tenantId, idOrName]))[0];
}

export interface SessionsFilter {
  readonly tenantId: string;
  /** Only sessions with a greater id. */
  readonly after: string;
  readonly limit: number;
  readonly state: SessionState | null;
}

/** A tenant's sessions in order of creation. */
export async function listSessions(sql: Sql, filter: SessionsFilter): Promise<SessionRow[]> {
  return sql.all<SessionRow>(
    `${SELECT} AND s.id > $2 AND (CAST($4 AS TEXT) IS NULL OR s.state = $4) ORDER BY s.id LIMIT $3`,
    [filter.tenantId, filter.after, filter.limit, filter.state],
  );
}

export interface NewSession {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly network: string;
  readonly driver: SessionRow["driver"];
  readonly autoStart: boolean;
  readonly settings: string;
  readonly proxyPassword: string | null;
  readonly metadata: string;
  readonly placement: Affinity;
  readonly now: number;
}

/** Where a session may run; null: anywhere. */
export interface Affinity {
  readonly zone: string | null;
  readonly nodeGroup: string | null;
}

/** What a session counts for in the load of a node, in MB. */
export const WEIGHTS: Readonly<Record<SessionRow["driver"], number>> = { browser: 400, light: 1 };

/** Inserts a stopped session and its placement; false when the name is taken. */
export async function insertSession(sql: Sql, session: NewSession): Promise<boolean> {
  const inserted = await sql.run(
    `INSERT INTO sessions (id, tenant_id, name, network, driver, auto_start, settings, metadata,
       state, reason, since, evidence, version, created_at, updated_at, proxy_password)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'stopped', 'created', $9, '{}', 1, $9, $9, $10)
     ON CONFLICT (tenant_id, name) DO NOTHING`,
    [
      session.id,
      session.tenantId,
      session.name,
      session.network,
      session.driver,
      session.autoStart ? 1 : 0,
      session.settings,
      session.metadata,
      session.now,
      session.proxyPassword,
    ],
  );
  if (inserted === 0) return false;
  await sql.run(
    `INSERT INTO placements (session_id, tenant_id, desired, phase, since, weight, zone, node_group)
     VALUES ($1, $2, 'stopped', 'idle', $3, $4, $5, $6)`,
    [
      session.id,
      session.tenantId,
      session.now,
      WEIGHTS[session.driver],
      session.placement.zone,
      session.placement.nodeGroup,
    ],
  );
  return true;
}

export interface SessionChange {
  readonly name: string;
  readonly autoStart: boolean;
  readonly settings: string;
  readonly proxyPassword: string | null;
  readonly metadata: string;
  readonly placement: Affinity;
  /** The version on which the change is based. */
  readonly version: number;
  readonly now: number;
}

/** Updates the session; false when it is no longer at that version. */
export async function updateSession(sql: Sql, tenantId: string, id: string, change: SessionChange): Promise<boolean> {
  const { name, autoStart, settings, proxyPassword, metadata, version, now } = change;
  const changed = await sql.run(
    `UPDATE sessions SET name = $3, auto_start = $4, settings = $5, metadata = $6, proxy_password = $9,
       version = version + 1, updated_at = $8
     WHERE tenant_id = $1 AND id = $2 AND version = $7`,
    [tenantId, id, name, autoStart ? 1 : 0, settings, metadata, version, now, proxyPassword],
  );
  if (changed === 1)
    await sql.run("UPDATE placements SET zone = $2, node_group = $3 WHERE session_id = $1", [
      id,
      change.placement.zone,
      change.placement.nodeGroup,
    ]);
  return changed === 1;
}

/** Hides the session and frees its name; a node then stops and deletes it. False when it was hidden already. */
export async function hideSession(sql: Sql, tenantId: string, id: string): Promise<boolean> {
  await sql.run("UPDATE sessions SET name = '~' || id WHERE tenant_id = $1 AND id = $2", [tenantId, id]);
  const hide = `UPDATE placements SET desired = 'deleted', not_before = 0
    WHERE tenant_id = $1 AND session_id = $2 AND desired <> 'deleted'`;
  return (await sql.run(hide, [tenantId, id])) === 1;
}
