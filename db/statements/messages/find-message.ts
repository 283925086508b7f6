import { isOwnKey, parseKey } from "../../../contracts/message-key.ts";
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

/**
 * The messages that a reference means: an id, WhatsApp's id, or WhatsApp's whole key. WhatsApp's ids are unique in a
 * session only, so that there can be several: those of one session, or of all sessions of the tenant. At most two.
 */
export async function findReferenced(
  sql: Sql,
  tenantId: string,
  sessionId: string | null,
  reference: string,
): Promise<MessageRow[]> {
  if (reference.startsWith("msg_")) {
    const row = await findMessage(sql, tenantId, reference);
    return row === undefined || (sessionId !== null && row.session_id !== sessionId) ? [] : [row];
  }
  // From the sessions to the messages, so that the index on the session and WhatsApp's id is used for each.
  const select = `SELECT m.* FROM sessions s JOIN messages m ON m.session_id = s.id
    WHERE s.tenant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)`;
  const key = parseKey(reference);
  if (key !== null && !isOwnKey(reference))
    return sql.all<MessageRow>(`${select} AND m.wa_id = $3 LIMIT 2`, [tenantId, sessionId, reference]);
  const id = key?.id ?? reference;
  return sql.all<MessageRow>(
    `${select} AND m.wa_id = $3 UNION ALL ${select} AND m.stanza_id = $3 AND CAST($4 AS TEXT) IS NULL LIMIT 2`,
    [tenantId, sessionId, id, key === null ? null : "own"],
  );
}
