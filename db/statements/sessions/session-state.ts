import type { Sql } from "../../database.ts";

export interface SessionStateChange {
  readonly sessionId: string;
  readonly state: string;
  readonly reason: string;
  /** JSON. */
  readonly evidence: string;
  /** Null leaves it as it was. */
  readonly me: { readonly chatId: string; readonly lid: string | null; readonly name: string | null } | null;
  readonly forgetMe: boolean;
  readonly now: number;
}

/** Saves how a session is; true when its state or reason is another than before. `since` is when the state began. */
export async function saveSessionState(sql: Sql, change: SessionStateChange): Promise<boolean> {
  const { sessionId, state, reason, evidence, me, forgetMe, now } = change;
  const changed = await sql.run(
    "UPDATE sessions SET since = CASE WHEN state = $2 THEN since ELSE $4 END, state = $2, reason = $3, updated_at = $4 WHERE id = $1 AND (state <> $2 OR reason <> $3)",
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
  // In the same breath as the state: a start that is asked for after it was read must not be lost to it.
  if (forgetMe)
    await sql.run("UPDATE placements SET desired = 'stopped' WHERE session_id = $1 AND desired = 'running'", [
      sessionId,
    ]);
  if (forgetMe)
    await sql.run("UPDATE sessions SET me_chat_id = NULL, me_lid = NULL, me_name = NULL WHERE id = $1", [sessionId]);
  return changed > 0;
}
