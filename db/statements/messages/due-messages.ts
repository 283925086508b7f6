import type { Sql } from "../../database.ts";

/** Messages that are planned and now due, that wait for a retry that is now due, or whose time is over. */
export async function selectDueMessages<R>(
  sql: Sql,
  { now, limit, lock }: { now: number; limit: number; lock: boolean },
): Promise<R[]> {
  const skip = lock && sql.dialect === "postgres" ? "FOR UPDATE SKIP LOCKED" : "";
  const select = (where: string) =>
    sql.all<R & { seq: number }>(`SELECT * FROM messages WHERE ${where} ORDER BY seq LIMIT $2 ${skip}`, [now, limit]);
  const found = [
    ...(await select("status IN ('scheduled', 'queued', 'retrying') AND expires_at <= $1")),
    ...(await select("status = 'scheduled' AND send_at <= $1")),
    ...(await select("status = 'retrying' AND next_attempt_at <= $1")),
  ];
  return [...new Map(found.map((row) => [row.seq, row])).values()].slice(0, limit);
}

/** Of a process's sessions, those that have something queued. */
export async function selectSessionsWithQueued(sql: Sql, incarnation: string): Promise<string[]> {
  const rows = await sql.all<{ session_id: string }>(
    `SELECT p.session_id FROM placements p WHERE p.owner_incarnation = $1
     AND EXISTS (SELECT 1 FROM messages m WHERE m.session_id = p.session_id AND m.status = 'queued')`,
    [incarnation],
  );
  return rows.map((row) => row.session_id);
}

/** Marks what an older epoch had in hand as of unknown outcome, for the session's new run to look up. Returns how many. */
export async function takeOverInFlight(sql: Sql, sessionId: string, epoch: number, now: number): Promise<number> {
  return sql.run(
    "UPDATE messages SET status = 'reconciling', claim_epoch = $2, updated_at = $3 WHERE session_id = $1 AND status IN ('sending', 'reconciling') AND claim_epoch < $2",
    [sessionId, epoch, now],
  );
}

/** What these sessions have in flight. Asked for when nothing of it is in anybody's hands: what became of it is to be looked up. */
export async function selectInFlight<R>(sql: Sql, sessionIds: readonly string[]): Promise<R[]> {
  const select = "SELECT * FROM messages WHERE status IN ('sending', 'reconciling') AND session_id";
  if (sql.dialect === "postgres") return sql.all<R>(`${select} = ANY($1::text[])`, [sessionIds]);
  return sql.all<R>(`${select} IN (SELECT value FROM json_each($1))`, [JSON.stringify(sessionIds)]);
}
