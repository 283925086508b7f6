import type { StoredStatus } from "../../../contracts/states.ts";
import type { Sql } from "../../database.ts";

/** A message that is not final, as shown to an operator: without its content. */
export interface QueuedMessageRow {
  id: string;
  type: string;
  chat_id: string;
  status: StoredStatus;
  priority: number;
  attempts: number;
  send_at: number | null;
  next_attempt_at: number | null;
  error_code: string | null;
  error_detail: string | null;
  created_at: number;
}

/** The outbound messages of a session that are not final, in the order in which they would be sent. */
export async function selectQueue(sql: Sql, sessionId: string, limit: number): Promise<QueuedMessageRow[]> {
  return sql.all<QueuedMessageRow>(
    `SELECT id, type, chat_id, status, priority, attempts, send_at, next_attempt_at, error_code, error_detail,
       created_at
     FROM messages WHERE session_id = $1 AND status IN ('scheduled', 'queued', 'retrying', 'sending', 'reconciling')
     ORDER BY priority, seq LIMIT $2`,
    [sessionId, limit],
  );
}
