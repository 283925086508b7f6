import type { Sql } from "../../database.ts";

/** Rows by id, locked until the transaction ends (on SQLite the transaction is the lock). */
export async function lockMessagesById<R>(sql: Sql, ids: readonly string[]): Promise<R[]> {
  if (sql.dialect === "postgres")
    return sql.all<R>("SELECT * FROM messages WHERE id = ANY($1::text[]) ORDER BY seq FOR UPDATE", [ids]);
  return sql.all<R>("SELECT * FROM messages WHERE id IN (SELECT value FROM json_each($1)) ORDER BY seq", [
    JSON.stringify(ids),
  ]);
}

export interface WaIdKey {
  readonly sessionId: string;
  readonly waId: string;
}

/** Rows by session and WhatsApp id, locked until the transaction ends. */
export async function lockMessagesByWaId<R>(sql: Sql, keys: readonly WaIdKey[]): Promise<R[]> {
  if (sql.dialect === "postgres") {
    return sql.all<R>(
      `SELECT m.* FROM messages m JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS k(session_id, wa_id)) k
       ON m.session_id = k.session_id AND m.wa_id = k.wa_id ORDER BY m.seq FOR UPDATE OF m`,
      [keys.map((key) => key.sessionId), keys.map((key) => key.waId)],
    );
  }
  const rows: R[] = [];
  for (const key of new Map(keys.map((entry) => [`${entry.sessionId} ${entry.waId}`, entry])).values()) {
    rows.push(
      ...(await sql.all<R>("SELECT * FROM messages WHERE session_id = $1 AND wa_id = $2", [key.sessionId, key.waId])),
    );
  }
  return rows;
}

/** Of the lanes given, the sessions that this process runs under exactly that epoch; the others must not be written for. */
export async function lockOwnedSessions(
  sql: Sql,
  lanes: readonly { sessionId: string; epoch: number }[],
  incarnation: string,
): Promise<Set<string>> {
  if (sql.dialect === "postgres") {
    const rows = await sql.all<{ session_id: string }>(
      `SELECT p.session_id FROM placements p JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[]) AS l(session_id, epoch)) l
       ON p.session_id = l.session_id AND p.epoch = l.epoch WHERE p.owner_incarnation = $3 ORDER BY p.session_id FOR SHARE OF p`,
      [lanes.map((lane) => lane.sessionId), lanes.map((lane) => lane.epoch), incarnation],
    );
    return new Set(rows.map((row) => row.session_id));
  }
  const owned = new Set<string>();
  for (const lane of new Map(lanes.map((entry) => [entry.sessionId, entry])).values()) {
    const rows = await sql.all(
      "SELECT 1 FROM placements WHERE session_id = $1 AND epoch = $2 AND owner_incarnation = $3",
      [lane.sessionId, lane.epoch, incarnation],
    );
    if (rows.length > 0) owned.add(lane.sessionId);
  }
  return owned;
}
