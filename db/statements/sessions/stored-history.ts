import type { Sql } from "../../database.ts";

/** How many of the latest messages are looked through for one from others. */
const LATEST = 5_000;

interface HistoryRow {
  isLinked: number;
  since: number;
  until: number | null;
}

/**
 * What is stored of a session, for a driver that has lost its own memory of it: whether it is linked, since when it
 * exists, and when its latest message from others was sent (Unix ms).
 */
export async function readStoredHistory(
  sql: Sql,
  sessionId: string,
): Promise<{ isLinked: boolean; since: number; until: number | null }> {
  const [row] = await sql.all<HistoryRow>(
    `SELECT CASE WHEN s.me_chat_id IS NULL THEN 0 ELSE 1 END AS "isLinked", s.created_at AS "since",
       (SELECT MAX(m.wa_at) FROM
         (SELECT wa_at, direction FROM messages WHERE session_id = $1 ORDER BY seq DESC LIMIT ${LATEST}) m
        WHERE m.direction = 'inbound') AS "until"
     FROM sessions s WHERE s.id = $1`,
    [sessionId],
  );
  if (row === undefined) return { isLinked: false, since: 0, until: null };
  return { isLinked: row.isLinked === 1, since: row.since, until: row.until };
}
