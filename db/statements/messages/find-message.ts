import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

/** The id of a session's message by its `wa_id`; null when there is none. */
export async function findMessageId(sql: Sql, sessionId: string, waId: string): Promise<string | null> {
  return (
    (
      await sql.all<{ id: string }>("SELECT id FROM messages WHERE session_id = $1 AND wa_id = $2", [sessionId, waId])
    )[0]?.id ?? null
  );
}

/** A tenant's message by its id. */
export async function findMessage(sql: Sql, tenantId: string, id: string): Promise<MessageRow | undefined> {
  return (await sql.all<MessageRow>("SELECT * FROM messages WHERE tenant_id = $1 AND id = $2", [tenantId, id]))[0];
}
