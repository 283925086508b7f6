import type { Sql } from "../../database.ts";

/** A session whose next message is wanted, with the epoch under which it is run. */
export interface Lane {
  readonly sessionId: string;
  readonly epoch: number;
}

export interface ClaimRequest {
  readonly lanes: readonly Lane[];
  /** The process that claims; its lanes must be placed on it under their epochs. */
  readonly incarnation: string;
  readonly now: number;
  /** ms after which the claim counts as stuck. */
  readonly deadline: number;
  /** Takes the lowest priority first, so that a busy higher lane cannot starve it for ever. */
  readonly lowestFirst: boolean;
}

const IN_FLIGHT =
  "SELECT 1 FROM messages i WHERE i.session_id = m.session_id AND i.status IN ('sending', 'reconciling')";
// A message that waits for its retry holds up only its own chat, so that order in a chat is kept.
const CHAT_BLOCKED = `SELECT 1 FROM messages b WHERE b.session_id = m.session_id AND b.chat_id = m.chat_id AND b.seq < m.seq
  AND b.status IN ('retrying', 'sending', 'reconciling')`;
const DUE = `m.status = 'queued' AND (m.expires_at IS NULL OR m.expires_at > $3) AND NOT EXISTS (${IN_FLIGHT}) AND NOT EXISTS (${CHAT_BLOCKED})`;
const SET = `status = 'sending', claim_deadline = $4, attempts = attempts + 1, updated_at = $3, error_code = NULL, error_detail = NULL,
  timeline = substr(timeline, 1, length(timeline) - 1) || $5 || ']'`;

/** The lowest priority that has something queued; the index gives it, and then its first message, without a sort. */
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
      SELECT p.session_id, p.epoch FROM placements p JOIN unnest($1::text[], $2::bigint[]) AS lane(session_id, epoch)
        ON p.session_id = lane.session_id AND p.epoch = lane.epoch
      WHERE p.owner_incarnation = $6 AND p.lane_paused IS NULL AND p.next_send_at <= $3 ORDER BY p.session_id FOR SHARE OF p),
    next AS (
      SELECT own.epoch, due.seq FROM own CROSS JOIN LATERAL (
        SELECT m.seq FROM messages m WHERE m.session_id = own.session_id ${only} AND ${DUE} ORDER BY m.priority, m.seq LIMIT 1 FOR UPDATE OF m SKIP LOCKED) due)
    UPDATE messages SET claim_epoch = next.epoch, ${SET} FROM next WHERE messages.seq = next.seq RETURNING messages.*`;
}

const STATEMENTS = {
  sqlite: { normal: sqliteClaim(""), lowestFirst: sqliteClaim(lowestOf("$1")) },
  postgres: { normal: postgresClaim(""), lowestFirst: postgresClaim(lowestOf("own.session_id")) },
};

/** Claims the next due message of each lane: at most one in flight per session, order kept inside a chat, the epoch checked. */
export async function claimMessages<R>(sql: Sql, request: ClaimRequest): Promise<R[]> {
  const text = STATEMENTS[sql.dialect][request.lowestFirst ? "lowestFirst" : "normal"];
  const { lanes, incarnation, now, deadline } = request;
  const entry = `,["sending",${now}]`;
  if (sql.dialect === "postgres") {
    return sql.all<R>(text, [
      lanes.map((lane) => lane.sessionId),
      lanes.map((lane) => lane.epoch),
      now,
      now + deadline,
      entry,
      incarnation,
    ]);
  }
  const claimed: R[] = [];
  for (const lane of lanes)
    claimed.push(...(await sql.all<R>(text, [lane.sessionId, lane.epoch, now, now + deadline, entry, incarnation])));
  return claimed;
}
