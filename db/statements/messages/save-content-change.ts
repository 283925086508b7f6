import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

/** Saves what an edit, a revocation, a reaction or a vote changes; the transaction has locked the row. */
export async function saveContentChange(
  sql: Sql,
  seq: number,
  columns: Pick<MessageRow, "text" | "edited_at" | "revoked_at" | "reactions" | "votes">,
  now: number,
): Promise<void> {
  await sql.run(
    `UPDATE messages SET text = $2, edited_at = $3, revoked_at = $4, reactions = $5, votes = $6, updated_at = $7
     WHERE seq = $1`,
    [seq, columns.text, columns.edited_at, columns.revoked_at, columns.reactions, columns.votes, now],
  );
}
