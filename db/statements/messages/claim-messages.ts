import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

/** A session whose next message is to be claimed, and the epoch of its run. */
export interface ClaimingSession {
  readonly sessionId: string;
  readonly epoch: number;
}

export interface ClaimRequest {
  readonly sessions: readonly ClaimingSession[];
  /** The process that claims; sessions that are not placed on it under their epochs are skipped. */
  readonly incarnation: string;
  readonly now: number;
  /** ms after which the claim counts as stuck. */
  readonly deadline: number;
  /** Claims from the lowest priority that has something queued, so that higher ones cannot starve it. */
  readonly lowestFirst: boolean;
}

const IN_FLIGHT =
  "SELECT 1 FROM messages i WHERE i.session_id = m.session_id AND i.status IN ('sending', 'reconciling')";
// A message that waits for a retry blocks its own chat only: this keeps the order within a chat.
const CHAT_BLOCKED = `SELECT 1 FROM messages b WHERE b.session_id = m.session_id AND b.chat_id = m.chat_id
  AND b.seq < m.seq AND b.status IN ('retrying', 'sending', 'reconciling')`;
const DUE = `m.status = 'queued' AND (m.expires_at IS NULL OR m.expires_at > $3)
  AND NOT EXISTS (${IN_FLIGHT}) AND NOT EXISTS (${CHAT_BLOCKED})`;
const SET = `status = 'sending', claim_deadline = $4, attempts = attempts + 1, updated_at = $3,
  error_code = NULL, error_detail = NULL, timeline = substr(timeline, 1, length(timeline) - 1) || $5 || ']'`;

/** The lowest priority that has something queued, found by the index without a sort. */
const lowestOf = (session: string) =>
  `AND m.priority = (SELECT max(l.priority) FROM messages l WHERE l.session_id = ${session} AND l.status = 'queued')`;

function sqliteClaim(only: string): string {
  return `UPDATE messages SET claim_epoch = $2, ${SET} WHERE seq = (
    SELECT m.seq FROM messages m WHERE m.session_id = $1 ${only} AND ${DUE}
      AND EXISTS (SELECT 1 FROM placements p WHERE p.session_id = $1 AND p.epoch = $2 AND p.owner_incarnation = $6
                  AND p.lane_paused IS NULL AND p.next_send_at <= $3)
    ORDER BY m.priority, m.seq LIMIT 1) RETURNING *`;
}

function postgresClaim(only: string): string {
  return `WITH own AS (
      SELECT p.session_id, p.epoch FROM placements p JOIN unnest($1::text[], $2::bigint[]) AS s(session_id, epoch)
        ON p.session_id = s.session_id AND p.epoch = s.epoch
      WHERE p.owner_incarnation = $6 AND p.lane_paused IS NULL AND p.next_send_at <= $3
      ORDER BY p.session_id FOR SHARE OF p),
    next AS (
      SELECT own.epoch, due.seq FROM own CROSS JOIN LATERAL (
        SELECT m.seq FROM messages m WHERE m.session_id = own.session_id ${only} AND ${DUE}
        ORDER BY m.priority, m.seq LIMIT 1 FOR UPDATE OF m SKIP LOCKED) due)
    UPDATE messages SET claim_epoch = next.epoch, ${SET} FROM next WHERE messages.seq = next.seq RETURNING messages.*`;
}

const STATEMENTS = {
  sqlite: { normal: sqliteClaim(""), lowestFirst: sqliteClaim(lowestOf("$1")) },
  postgres: { normal: postgresClaim(""), lowestFirst: postgresClaim(lowestOf("own.session_id")) },
};

/**
 * Claims the next message of each session: one in flight per session, in order within a chat, under the session's
 * epoch.
 */
export async function claimMessages(sql: Sql, request: ClaimRequest): Promise<MessageRow[]> {
  const text = STATEMENTS[sql.dialect][request.lowestFirst ? "lowestFirst" : "normal"];
  const { sessions, incarnation, now, deadline } = request;
  const entry = `,["sending",${now}]`;
  if (sql.dialect === "postgres") {
    return sql.all<MessageRow>(text, [
      sessions.map(({ sessionId }) => sessionId),
      sessions.map(({ epoch }) => epoch),
      now,
      now + deadline,
      entry,
      incarnation,
    ]);
  }
  const claimed: MessageRow[] = [];
  for (const { sessionId, epoch } of sessions) {
    const values = [sessionId, epoch, now, now + deadline, entry, incarnation];
    claimed.push(...(await sql.all<MessageRow>(text, values)));
  }
  return claimed;
}
