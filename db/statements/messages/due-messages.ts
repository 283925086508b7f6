import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

/** Messages whose scheduled time or retry is due, or that are past their `expires_at`. */
export async function selectDueMessages(
  sql: Sql,
  { now, limit, lock }: { now: number; limit: number; lock: boolean },
): Promise<MessageRow[]> {
  const skip = lock && sql.dialect === "postgres" ? "FOR UPDATE SKIP LOCKED" : "";
  const select = (where: string) =>
    sql.all<MessageRow>(`SELECT * FROM messages WHERE ${where} ORDER BY seq LIMIT $2 ${skip}`, [now, limit]);
  const found = [
    ...(await select("status IN ('scheduled', 'queued', 'retrying') AND expires_at <= $1")),
    ...(await select("status = 'scheduled' AND send_at <= $1")),
    ...(await select("status = 'retrying' AND next_attempt_at <= $1")),
  ];
  return [...new Map(found.map((row) => [row.seq, row])).values()].slice(0, limit);
}

/** The process's sessions that have something queued, and may send it. */
export async function selectSessionsWithQueued(sql: Sql, incarnation: string): Promise<string[]> {
  const rows = await sql.all<{ session_id: string }>(
    `SELECT p.session_id FROM placements p WHERE p.owner_incarnation = $1 AND p.lane_paused IS NULL
     AND EXISTS (SELECT 1 FROM messages m WHERE m.session_id = p.session_id AND m.status = 'queued')`,
    [incarnation],
  );
  return rows.map((row) => row.session_id);
}

/**
 * Marks the messages that an earlier run left in flight as of unknown outcome, for the new run to look up. Returns how
 * many.
 */
export async function takeOverInFlight(sql: Sql, sessionId: string, epoch: number, now: number): Promise<number> {
  return sql.run(
    `UPDATE messages SET status = 'reconciling', claim_epoch = $2, updated_at = $3
     WHERE session_id = $1 AND status IN ('sending', 'reconciling') AND claim_epoch < $2`,
    [sessionId, epoch, now],
  );
}

/** The messages that these sessions have in flight. */
export async function selectInFlight(sql: Sql, sessionIds: readonly string[]): Promise<MessageRow[]> {
  const select = "SELECT * FROM messages WHERE status IN ('sending', 'reconciling') AND session_id";
  if (sql.dialect === "postgres") return sql.all<MessageRow>(`${select} = ANY($1::text[])`, [sessionIds]);
  return sql.all<MessageRow>(`${select} IN (SELECT value FROM json_each($1))`, [JSON.stringify(sessionIds)]);
}
