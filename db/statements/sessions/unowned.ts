/** Sessions without an owner: those of dead nodes, and those that wait for a node. */
import type { Id } from "../../../contracts/ids.ts";
import type { SessionReason, SessionState } from "../../../contracts/states.ts";
import { databaseNow, isOneOf, type Sql } from "../../database.ts";

/** The parameter of `isOneOf` in the dialect's form. */
const listFor = (sql: Sql, ids: readonly string[]) => (sql.dialect === "postgres" ? ids : JSON.stringify(ids));

/**
 * Takes the sessions of dead nodes from them, so that any live node can claim them; late writes of the dead are refused
 * from then on. Returns how many each had.
 */
export async function releaseSessionsOf(
  sql: Sql,
  incarnations: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const owned = isOneOf(sql, "owner_incarnation", "$1");
  const counts = await sql.all<{ owner: string; count: number }>(
    `SELECT owner_incarnation AS owner, count(*) AS count FROM placements WHERE ${owned} GROUP BY owner_incarnation`,
    [listFor(sql, incarnations)],
  );
  await sql.run(
    `UPDATE placements SET owner_incarnation = NULL, last_node = owner_node, owner_node = NULL, phase = 'idle',
       move_to = NULL, move_reason = NULL, since = ${databaseNow(sql.dialect)} WHERE ${owned}`,
    [listFor(sql, incarnations)],
  );
  return new Map(counts.map(({ owner, count }) => [owner, count]));
}

/** A session that should run and that no node has taken. */
export interface WaitingSession {
  session_id: Id<"session">;
  tenant_id: Id<"tenant">;
  last_node: string | null;
  zone: string | null;
  node_group: string | null;
}

/**
 * Up to `limit` sessions that have waited for a node for `grace` ms and whose state does not show it yet, their
 * placements locked until the transaction ends.
 */
export async function lockWaitingSessions(sql: Sql, grace: number, limit: number): Promise<WaitingSession[]> {
  const now = databaseNow(sql.dialect);
  const due = sql.dialect === "postgres" ? "greatest(p.since, p.not_before)" : "max(p.since, p.not_before)";
  return sql.all<WaitingSession>(
    `SELECT p.session_id, p.tenant_id, p.last_node, p.zone, p.node_group
     FROM placements p JOIN sessions s ON s.id = p.session_id
     WHERE p.owner_incarnation IS NULL AND p.desired = 'running'
       AND ${due} < ${now} - $1 AND s.state <> 'failed' AND s.reason <> 'no_node'
     ORDER BY p.session_id LIMIT $2 ${sql.dialect === "postgres" ? "FOR UPDATE OF p SKIP LOCKED" : ""}`,
    [grace, limit],
  );
}

/**
 * Up to `limit` sessions that were stopped while no node owned them: nothing runs, but their rows still show otherwise.
 * Their placements are locked until the transaction ends.
 */
export async function lockUnrecordedEnds(
  sql: Sql,
  limit: number,
): Promise<{ session_id: Id<"session">; tenant_id: Id<"tenant"> }[]> {
  return sql.all(
    `SELECT p.session_id, p.tenant_id FROM placements p JOIN sessions s ON s.id = p.session_id
     WHERE p.owner_incarnation IS NULL AND p.desired = 'stopped'
       AND s.state NOT IN ('stopped', 'logged_out', 'failed')
     ORDER BY p.session_id LIMIT $1 ${sql.dialect === "postgres" ? "FOR UPDATE OF p SKIP LOCKED" : ""}`,
    [limit],
  );
}

/** Saves the same state for sessions that no node owns. */
export async function saveUnownedState(
  sql: Sql,
  sessionId: string,
  change: {
    readonly state: SessionState;
    readonly reason: SessionReason;
    readonly evidence: string;
    readonly now: number;
  },
): Promise<void> {
  await sql.run(
    `UPDATE sessions SET since = CASE WHEN state = $2 THEN since ELSE $5 END, state = $2, reason = $3, evidence = $4,
       updated_at = $5 WHERE id = $1`,
    [sessionId, change.state, change.reason, change.evidence, change.now],
  );
}

/** How many sessions wait for a node, and how many live nodes there are. */
export async function countWaiting(sql: Sql): Promise<{ waiting: number; nodes: number }> {
  const rows = await sql.all<{ waiting: number; nodes: number }>(
    `SELECT (SELECT count(*) FROM placements p WHERE p.owner_incarnation IS NULL AND p.desired <> 'stopped'
         AND p.not_before <= ${databaseNow(sql.dialect)}) AS waiting,
       (SELECT count(*) FROM nodes WHERE status <> 'dead') AS nodes`,
  );
  return rows[0]!;
}
