import type { Sql } from "../../database.ts";

/** Saves what an edit, a revocation or a reaction changes; the transaction has locked the row. */
export async function saveContentChange(
  sql: Sql,
  seq: number,
  columns: { text: string | null; edited_at: number | null; revoked_at: number | null; reactions: string | null },
  now: number,
): Promise<void> {
  await sql.run(
    "UPDATE messages SET text = $2, edited_at = $3, revoked_at = $4, reactions = $5, updated_at = $6 WHERE seq = $1",
    [seq, columns.text, columns.edited_at, columns.revoked_at, columns.reactions, now],
  );
}
