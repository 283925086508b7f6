import type { Sql } from "../../database.ts";

/** The id of a session's message by what WhatsApp calls it; null when we do not have it. */
export async function findMessageId(sql: Sql, sessionId: string, waId: string): Promise<string | null> {
  return (
    (
      await sql.all<{ id: string }>("SELECT id FROM messages WHERE session_id = $1 AND wa_id = $2", [sessionId, waId])
    )[0]?.id ?? null
  );
}

/** A tenant's message by its id. */
export async function findMessage<R>(sql: Sql, tenantId: string, id: string): Promise<R | undefined> {
  return (await sql.all<R>("SELECT * FROM messages WHERE tenant_id = $1 AND id = $2", [tenantId, id]))[0];
}
