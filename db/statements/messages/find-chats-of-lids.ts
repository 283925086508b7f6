import type { Sql } from "../../database.ts";

/** The sessions whose messages are searched: one, or all of the tenant. */
export interface LidScope {
  readonly tenantId: string;
  readonly sessionId: string | null;
}

/** The chat ids under which chats with these privacy ids are stored, by privacy id. */
export async function findChatsOfLids(
  sql: Sql,
  scope: LidScope,
  lids: readonly string[],
): Promise<Map<string, string>> {
  if (lids.length === 0) return new Map();
  const list = sql.dialect === "postgres" ? "= ANY($3::text[])" : "IN (SELECT value FROM json_each($3))";
  // From the sessions to the messages, so that the index on the session and the privacy id is used for each.
  const rows = await sql.all<{ chat_lid: string; chat_id: string }>(
    `SELECT DISTINCT m.chat_lid, m.chat_id FROM sessions s JOIN messages m ON m.session_id = s.id
     WHERE s.tenant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)
       AND m.chat_lid ${list} AND m.chat_id <> m.chat_lid`,
    [scope.tenantId, scope.sessionId, sql.dialect === "postgres" ? lids : JSON.stringify(lids)],
  );
  return new Map(rows.map(({ chat_lid, chat_id }) => [chat_lid, chat_id]));
}
