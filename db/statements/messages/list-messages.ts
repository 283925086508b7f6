import type { Sql } from "../../database.ts";
import type { MessageRow } from "../../rows/message.ts";

export interface MessagesFilter {
  readonly tenantId: string;
  /** Only messages with a lower `seq`; null starts at the newest. */
  readonly before: number | null;
  readonly limit: number;
  readonly sessionId: string | null;
  /** The sessions that the caller may read; null for all. */
  readonly sessions: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly direction: string | null;
  /** The ids that the chat can have; null for all chats. */
  readonly chatIds: readonly string[] | null;
  readonly from: number | null;
  readonly until: number | null;
  readonly clientRef: string | null;
  readonly batchId: string | null;
  /** Part of the text. */
  readonly text: string | null;
}

/**
 * A tenant's messages, newest first. The statement has only the conditions that are set, so that the planner can choose
 * an index.
 */
export async function listMessages(sql: Sql, filter: MessagesFilter): Promise<MessageRow[]> {
  const parameters: unknown[] = [];
  const at = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [`tenant_id = ${at(filter.tenantId)}`];
  const add = (value: unknown, condition: (parameter: string) => string) => {
    if (value !== null) conditions.push(condition(at(value)));
  };
  add(filter.before, (parameter) => `seq < ${parameter}`);
  add(filter.sessionId, (parameter) => `session_id = ${parameter}`);
  add(filter.direction, (parameter) => `direction = ${parameter}`);
  add(filter.from, (parameter) => `created_at >= ${parameter}`);
  add(filter.until, (parameter) => `created_at < ${parameter}`);
  add(filter.batchId, (parameter) => `batch_id = ${parameter}`);
  add(filter.clientRef, (parameter) => `client_ref = ${parameter}`);
  add(
    filter.text === null ? null : `%${filter.text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`,
    (parameter) => `lower(text) LIKE ${parameter} ESCAPE '\\'`,
  );
  for (const [column, values] of [
    ["status", filter.statuses],
    ["chat_id", filter.chatIds],
    ["session_id", filter.sessions],
  ] as const) {
    if (values !== null) conditions.push(`${column} IN (${values.map(at).join(", ") || "NULL"})`);
  }
  return sql.all<MessageRow>(
    `SELECT * FROM messages WHERE ${conditions.join(" AND ")} ORDER BY seq DESC LIMIT ${at(filter.limit)}`,
    parameters,
  );
}

/** How many messages of the session are queued, counted up to `cap`. */
export async function countQueued(sql: Sql, sessionId: string, cap: number): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count
     FROM (SELECT 1 FROM messages WHERE session_id = $1 AND status = 'queued' LIMIT $2) queued`,
    [sessionId, cap],
  );
  return rows[0]!.count;
}
