import { addressOf, type Address } from "../../../contracts/address.ts";
import type { Sql } from "../../database.ts";

/** Why a session's queue is paused; null when it is not. */
export type QueuePause = "account_changed" | null;

export interface QueueAccount {
  /** The account that queued messages are sent from; null until the session is linked for the first time. */
  readonly account: Address | null;
  readonly pause: QueuePause;
  /** When the session was linked to another account, in Unix ms; null while the queue is not paused for that. */
  readonly changedAt: number | null;
}

/** The account of the session's queue, its placement locked until the transaction ends. */
export async function lockQueueAccount(sql: Sql, sessionId: string): Promise<QueueAccount> {
  const lock = sql.dialect === "postgres" ? "FOR UPDATE OF p" : "";
  const [row] = await sql.all<{
    queue_chat_id: string | null;
    queue_lid: string | null;
    account_changed_at: number | null;
    lane_paused: QueuePause;
  }>(
    `SELECT s.queue_chat_id, s.queue_lid, s.account_changed_at, p.lane_paused
     FROM sessions s JOIN placements p ON p.session_id = s.id WHERE s.id = $1 ${lock}`,
    [sessionId],
  );
  const chatId = row?.queue_chat_id ?? null;
  return {
    account: chatId === null ? null : addressOf(chatId, row?.queue_lid),
    pause: row?.lane_paused ?? null,
    changedAt: row?.account_changed_at ?? null,
  };
}

/** Sets the account of the queue, and ends its pause; the messages that waited for that say so no longer. */
export async function setQueueAccount(sql: Sql, sessionId: string, { chatId, lid }: Address): Promise<void> {
  await sql.run("UPDATE sessions SET queue_chat_id = $2, queue_lid = $3, account_changed_at = NULL WHERE id = $1", [
    sessionId,
    chatId,
    lid,
  ]);
  await sql.run("UPDATE placements SET lane_paused = NULL WHERE session_id = $1", [sessionId]);
  await sql.run(
    `UPDATE messages SET error_code = NULL WHERE session_id = $1 AND error_code = 'account_changed'
     AND status IN ('scheduled', 'queued', 'retrying')`,
    [sessionId],
  );
}

/** Pauses the queue, because the session is linked to another account; the waiting messages say why they wait. */
export async function pauseQueue(sql: Sql, sessionId: string, now: number): Promise<void> {
  await sql.run("UPDATE sessions SET account_changed_at = $2 WHERE id = $1", [sessionId, now]);
  await sql.run("UPDATE placements SET lane_paused = 'account_changed' WHERE session_id = $1", [sessionId]);
  await sql.run(
    `UPDATE messages SET error_code = 'account_changed'
     WHERE session_id = $1 AND status IN ('scheduled', 'queued', 'retrying')`,
    [sessionId],
  );
}

/** How many outbound messages of the session wait to be sent. */
export async function countWaiting(sql: Sql, sessionId: string): Promise<number> {
  const [row] = await sql.all<{ count: number }>(
    "SELECT count(*) AS count FROM messages WHERE session_id = $1 AND status IN ('scheduled', 'queued', 'retrying')",
    [sessionId],
  );
  return Number(row?.count ?? 0);
}

/** The ids of waiting messages that were accepted up to `until`, oldest first. */
export async function selectWaiting(
  sql: Sql,
  { sessionId, until, limit }: { sessionId: string; until: number; limit: number },
): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    `SELECT id FROM messages WHERE session_id = $1 AND status IN ('scheduled', 'queued', 'retrying')
     AND created_at <= $2 ORDER BY seq LIMIT $3`,
    [sessionId, until, limit],
  );
  return rows.map(({ id }) => id);
}
