import type { Sql } from "../../database.ts";

export interface SessionStateChange {
  readonly sessionId: string;
  readonly state: string;
  readonly reason: string;
  /** JSON. */
  readonly evidence: string;
  /** Null keeps the stored account. */
  readonly me: { readonly chatId: string; readonly lid: string | null; readonly name: string | null } | null;
  /** Deletes the stored account, and sets the desired state `stopped`. */
  readonly forgetMe: boolean;
  readonly now: number;
}

/** Saves the state of a session; true when the state or the reason has changed. `since` changes with the state only. */
export async function saveSessionState(sql: Sql, change: SessionStateChange): Promise<boolean> {
  const { sessionId, state, reason, evidence, me, forgetMe, now } = change;
  const changed = await sql.run(
    `UPDATE sessions SET since = CASE WHEN state = $2 THEN since ELSE $4 END, state = $2, reason = $3, updated_at = $4
     WHERE id = $1 AND (state <> $2 OR reason <> $3)`,
    [sessionId, state, reason, now],
  );
  await sql.run("UPDATE sessions SET evidence = $2 WHERE id = $1 AND evidence <> $2", [sessionId, evidence]);
  if (me !== null)
    await sql.run("UPDATE sessions SET me_chat_id = $2, me_lid = $3, me_name = $4 WHERE id = $1", [
      sessionId,
      me.chatId,
      me.lid,
      me.name,
    ]);
  // In the same transaction as the state, so that a start requested in response to it is not overwritten.
  if (forgetMe)
    await sql.run("UPDATE placements SET desired = 'stopped' WHERE session_id = $1 AND desired = 'running'", [
      sessionId,
    ]);
  if (forgetMe)
    await sql.run("UPDATE sessions SET me_chat_id = NULL, me_lid = NULL, me_name = NULL WHERE id = $1", [sessionId]);
  return changed > 0;
}
