import { databaseNow, type Sql } from "../../database.ts";

/**
 * The desired state of a session. After a `logout` the owning node sets `stopped`; after `deleted` it removes the row.
 */
export type Desired = "running" | "stopped" | "logout" | "deleted";

/** Why a session leaves a node that runs it. */
export type MoveReason = "requested" | "drain" | "rebalance";

/** A session's placement with the settings that its owner needs to start it. */
export interface ClaimedPlacement {
  session_id: string;
  tenant_id: string;
  epoch: number;
  desired: Desired;
  starts: number;
  /** The node that ran it before, and why it left that node; null when it was not running. */
  last_node: string | null;
  move_reason: MoveReason | null;
  /** MB. */
  weight: number;
  name: string;
  network: "whatsapp" | "sandbox";
  driver: "browser" | "light";
  settings: string;
  /** Sealed. */
  proxy_password: string | null;
  pairing_phone: string | null;
  auto_start: number;
}

/**
 * Claims up to `limit` sessions that need an owner, may run on this node, and are not promised to another one. Each claim
 * raises the epoch, so that late writes of an earlier owner are refused.
 */
export async function claimSessions(
  sql: Sql,
  claim: { incarnation: string; nodeId: string; limit: number },
): Promise<ClaimedPlacement[]> {
  const now = databaseNow(sql.dialect);
  const postgres = sql.dialect === "postgres";
  const claimed = await sql.all<{ session_id: string }>(
    `UPDATE placements SET owner_incarnation = $1, owner_node = $2, epoch = epoch + 1, phase = 'starting',
       starts = starts + 1, started_token = restart_token, move_to = NULL, preferred_node = NULL, since = ${now}
     WHERE session_id IN (
       SELECT p.session_id FROM placements p
       JOIN nodes me ON me.incarnation = $1 AND me.status = 'up' AND me.lease_until > ${now}
       WHERE p.owner_incarnation IS NULL AND p.desired <> 'stopped' AND p.not_before <= ${now}
         AND (p.preferred_node IS NULL OR p.preferred_node = $2 OR p.preferred_until <= ${now})
         AND (p.zone IS NULL OR p.zone = me.zone) AND (p.node_group IS NULL OR p.node_group = me.node_group)
       ORDER BY p.since LIMIT $3 ${postgres ? "FOR UPDATE OF p SKIP LOCKED FOR SHARE OF me" : ""})
     RETURNING session_id`,
    [claim.incarnation, claim.nodeId, claim.limit],
  );
  if (claimed.length === 0) return [];
  return readOwnPlacements(
    sql,
    claim.incarnation,
    claimed.map((row) => row.session_id),
  );
}

/** The placements of this process: all, or those of the given sessions. */
export async function readOwnPlacements(
  sql: Sql,
  incarnation: string,
  sessionIds?: readonly string[],
): Promise<ClaimedPlacement[]> {
  const named =
    sql.dialect === "postgres" ? "p.session_id = ANY($2::text[])" : "p.session_id IN (SELECT value FROM json_each($2))";
  const ids = sql.dialect === "postgres" ? sessionIds : JSON.stringify(sessionIds);
  return sql.all<ClaimedPlacement>(
    `SELECT p.session_id, p.tenant_id, p.epoch, p.desired, p.starts, p.last_node, p.move_reason, p.weight,
       s.name, s.network, s.driver, s.settings, s.proxy_password, s.pairing_phone, s.auto_start
     FROM placements p JOIN sessions s ON s.id = p.session_id
     WHERE p.owner_incarnation = $1 ${sessionIds === undefined ? "" : `AND ${named}`}`,
    sessionIds === undefined ? [incarnation] : [incarnation, ids],
  );
}

/** The number of sessions that this process owns. */
export async function countOwnPlacements(sql: Sql, incarnation: string): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    "SELECT count(*) AS count FROM placements WHERE owner_incarnation = $1",
    [incarnation],
  );
  return rows[0]!.count;
}

/** A session that its owner has to do something about. */
export interface PlacementChange {
  session_id: string;
  desired: Desired;
  /** The node that it is to move to; null for none. */
  move_to: string | null;
  move_reason: MoveReason | null;
}

/** The sessions of this process that must stop, restart, log out, be deleted or move to another node. */
export async function selectPlacementChanges(sql: Sql, incarnation: string): Promise<PlacementChange[]> {
  return sql.all(
    `SELECT session_id, desired, move_to, move_reason FROM placements WHERE owner_incarnation = $1
       AND (desired <> 'running' OR restart_token <> started_token OR move_to IS NOT NULL)`,
    [incarnation],
  );
}

/**
 * Sets the desired state `stopped` for sessions of dead nodes that must not start automatically. The next claim then
 * records their end. Returns how many.
 */
export async function stopNonAutoStarting(sql: Sql): Promise<number> {
  return sql.run(
    `UPDATE placements SET desired = 'stopped'
     WHERE desired = 'running' AND owner_incarnation IN (SELECT incarnation FROM nodes WHERE status = 'dead')
       AND session_id IN (SELECT id FROM sessions WHERE auto_start = 0)`,
  );
}

/** The live node that owns the session, and its epoch; null when there is none. */
export async function findOwner(sql: Sql, sessionId: string): Promise<{ node: string; epoch: number } | null> {
  const rows = await sql.all<{ node: string; epoch: number }>(
    `SELECT p.owner_node AS node, p.epoch
     FROM placements p JOIN nodes n ON n.incarnation = p.owner_incarnation AND n.status <> 'dead'
     WHERE p.session_id = $1`,
    [sessionId],
  );
  return rows[0] ?? null;
}

/** Identifies the ownership of a session; a statement with a stale one changes nothing. */
export interface Ownership {
  readonly sessionId: string;
  readonly epoch: number;
  readonly incarnation: string;
}

const OWNED = "session_id = $1 AND epoch = $2 AND owner_incarnation = $3";

/**
 * Raises the epoch of a session that this process owns and restarts, so that late writes of the earlier run are
 * refused. Returns the new epoch; null when this process is no longer the owner.
 */
export async function reclaimSession(sql: Sql, own: Ownership): Promise<number | null> {
  const rows = await sql.all<{ epoch: number }>(
    `UPDATE placements SET epoch = epoch + 1, phase = 'starting', started_token = restart_token,
       since = ${databaseNow(sql.dialect)} WHERE ${OWNED} RETURNING epoch`,
    [own.sessionId, own.epoch, own.incarnation],
  );
  return rows[0]?.epoch ?? null;
}

/**
 * Releases a session; nothing of it may still run on this process. The desired state changes from `from` to `to`,
 * unless it was changed in the meantime. `notBefore` (database time in ms) delays the next claim.
 */
export async function releaseSession(
  sql: Sql,
  own: Ownership,
  change: { from: Desired; to: Desired; notBefore?: number },
): Promise<void> {
  await sql.run(
    `UPDATE placements SET owner_incarnation = NULL, owner_node = NULL, phase = 'idle', move_to = NULL, move_reason = NULL,
       last_node = CASE WHEN $5 = 'running' THEN owner_node END,
       desired = CASE WHEN desired = $4 THEN $5 ELSE desired END, not_before = $6,
       since = ${databaseNow(sql.dialect)} WHERE ${OWNED}`,
    [own.sessionId, own.epoch, own.incarnation, change.from, change.to, change.notBefore ?? 0],
  );
}

/**
 * Releases a session for another node; nothing of it may still run on this process. For `preferFor` ms only the node
 * `to` may claim it; null lets any other node do so.
 */
export async function handOverSession(
  sql: Sql,
  own: Ownership,
  move: { readonly to: string | null; readonly why: MoveReason; readonly preferFor: number },
): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run(
    `UPDATE placements SET owner_incarnation = NULL, last_node = owner_node, owner_node = NULL, phase = 'idle',
       move_to = NULL, preferred_node = $4, preferred_until = ${now} + $6, move_reason = $5, moved_at = ${now},
       not_before = 0, since = ${now} WHERE ${OWNED}`,
    [own.sessionId, own.epoch, own.incarnation, move.to, move.why, move.preferFor],
  );
}

/**
 * Requests that the owner hands the session over to another node; false when that node runs it already, or none does.
 */
export async function requestMove(sql: Sql, sessionId: string, to: string, why: MoveReason): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE placements SET move_to = $2, move_reason = $3
       WHERE session_id = $1 AND owner_node IS NOT NULL AND owner_node <> $2 AND desired = 'running'`,
      [sessionId, to, why],
    )) === 1
  );
}

/** Records that the session's actor is running; false when this process is no longer the owner. */
export async function markRunning(sql: Sql, own: Ownership): Promise<boolean> {
  return (
    (await sql.run(`UPDATE placements SET phase = 'running' WHERE ${OWNED}`, [
      own.sessionId,
      own.epoch,
      own.incarnation,
    ])) === 1
  );
}

/** Deletes up to `limit` messages of an owned session, before the session itself is deleted. Returns how many. */
export async function deleteOwnedMessages(sql: Sql, own: Ownership, limit: number): Promise<number> {
  return sql.run(
    `DELETE FROM messages WHERE seq IN (
       SELECT m.seq FROM messages m
       WHERE m.session_id = $1 AND EXISTS (SELECT 1 FROM placements WHERE ${OWNED}) LIMIT $4)`,
    [own.sessionId, own.epoch, own.incarnation, limit],
  );
}

/** Deletes an owned session and all its data; false when this process is no longer the owner. */
export async function deleteOwnedSession(sql: Sql, own: Ownership): Promise<boolean> {
  const removed = await sql.run(
    `DELETE FROM sessions WHERE id = $1 AND EXISTS (SELECT 1 FROM placements WHERE ${OWNED})`,
    [own.sessionId, own.epoch, own.incarnation],
  );
  if (removed === 0) return false;
  await sql.run("DELETE FROM event_streams WHERE stream_id = $1", [own.sessionId]);
  return true;
}

/**
 * Sets the desired state of a session. Its owner, or any node when it has none, reconciles. `restart` makes a running
 * session restart. A deleted session stays deleted.
 */
export async function setDesired(sql: Sql, sessionId: string, desired: Desired, restart: boolean): Promise<void> {
  await sql.run(
    `UPDATE placements SET desired = $2, restart_token = restart_token + $3, not_before = 0,
       since = CASE WHEN owner_incarnation IS NULL THEN ${databaseNow(sql.dialect)} ELSE since END,
       last_node = CASE WHEN $2 = 'running' THEN last_node END, starts = CASE WHEN $2 = 'running' THEN 0 ELSE starts END
     WHERE session_id = $1 AND desired <> 'deleted'`,
    [sessionId, desired, restart ? 1 : 0],
  );
}

/** Sets the desired state `stopped` for every running session of the tenant; returns how many. */
export async function stopTenantSessions(sql: Sql, tenantId: string): Promise<number> {
  return sql.run("UPDATE placements SET desired = 'stopped' WHERE tenant_id = $1 AND desired = 'running'", [tenantId]);
}

/** Stores the time of the session's next send, in the transaction of the send, so that a new owner cannot burst. */
export async function setNextSend(sql: Sql, sessionId: string, at: number): Promise<void> {
  await sql.run("UPDATE placements SET next_send_at = $2 WHERE session_id = $1", [sessionId, at]);
}
