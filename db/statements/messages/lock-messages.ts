import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

/** Messages by id, locked until the transaction ends (on SQLite the transaction is the lock). */
export async function lockMessagesById(sql: Sql, ids: readonly string[]): Promise<MessageRow[]> {
  if (sql.dialect === "postgres")
    return sql.all<MessageRow>("SELECT * FROM messages WHERE id = ANY($1::text[]) ORDER BY seq FOR UPDATE", [ids]);
  return sql.all<MessageRow>("SELECT * FROM messages WHERE id IN (SELECT value FROM json_each($1)) ORDER BY seq", [
    JSON.stringify(ids),
  ]);
}

export interface WaIdKey {
  readonly sessionId: string;
  readonly waId: string;
}

/** Messages by session and WhatsApp id, locked until the transaction ends. */
export async function lockMessagesByWaId(sql: Sql, keys: readonly WaIdKey[]): Promise<MessageRow[]> {
  if (sql.dialect === "postgres") {
    return sql.all<MessageRow>(
      `SELECT m.* FROM messages m JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS k(session_id, wa_id)) k
       ON m.session_id = k.session_id AND m.wa_id = k.wa_id ORDER BY m.seq FOR UPDATE OF m`,
      [keys.map((key) => key.sessionId), keys.map((key) => key.waId)],
    );
  }
  const rows: MessageRow[] = [];
  for (const key of new Map(keys.map((entry) => [`${entry.sessionId} ${entry.waId}`, entry])).values()) {
    rows.push(
      ...(await sql.all<MessageRow>("SELECT * FROM messages WHERE session_id = $1 AND wa_id = $2", [
        key.sessionId,
        key.waId,
      ])),
    );
  }
  return rows;
}

/** The ids of the runs that this process still owns, their placements locked. Nothing may be written for the others. */
export async function lockOwnedSessions(
  sql: Sql,
  runs: readonly { sessionId: string; epoch: number }[],
  incarnation: string,
): Promise<Set<string>> {
  if (sql.dialect === "postgres") {
    const rows = await sql.all<{ session_id: string }>(
      `SELECT p.session_id FROM placements p
       JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[]) AS r(session_id, epoch)) r
       ON p.session_id = r.session_id AND p.epoch = r.epoch
       WHERE p.owner_incarnation = $3 ORDER BY p.session_id FOR SHARE OF p`,
      [runs.map(({ sessionId }) => sessionId), runs.map(({ epoch }) => epoch), incarnation],
    );
    return new Set(rows.map((row) => row.session_id));
  }
  const owned = new Set<string>();
  for (const { sessionId, epoch } of new Map(runs.map((run) => [run.sessionId, run])).values()) {
    const rows = await sql.all(
      "SELECT 1 FROM placements WHERE session_id = $1 AND epoch = $2 AND owner_incarnation = $3",
      [sessionId, epoch, incarnation],
    );
    if (rows.length > 0) owned.add(sessionId);
  }
  return owned;
}
