import type { Sql } from "../../database.ts";

export interface NamedSession {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The account's chat id; null before the first link. */
  readonly own: string | null;
}

/** What a session is called; null when it is gone. */
export async function findSessionName(sql: Sql, tenantId: string, sessionId: string): Promise<NamedSession | null> {
  const [row] = await sql.all<{ name: string; metadata: string; me_chat_id: string | null }>(
    "SELECT name, metadata, me_chat_id FROM sessions WHERE tenant_id = $1 AND id = $2",
    [tenantId, sessionId],
  );
  if (row === undefined) return null;
  return { name: row.name, metadata: JSON.parse(row.metadata) as Record<string, string>, own: row.me_chat_id };
}
