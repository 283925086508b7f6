import type { Sql } from "../../database.ts";

export interface MessagesFilter {
  readonly tenantId: string;
  /** Positions below this one; null begins at the newest. */
  readonly before: number | null;
  readonly limit: number;
  readonly sessionId: string | null;
  /** Sessions that the caller is limited to; null for all. */
  readonly sessions: readonly string[] | null;
  readonly statuses: readonly string[] | null;
  readonly direction: string | null;
  readonly chatId: string | null;
  readonly from: number | null;
  readonly until: number | null;
  readonly clientRef: string | null;
  readonly batchId: string | null;
  /** Part of the text. */
  readonly text: string | null;
}

/** A tenant's messages, newest first. Only the conditions that are asked for are in the statement, so that the planner sees which index serves. */
export async function listMessages<R>(sql: Sql, filter: MessagesFilter): Promise<R[]> {
  const parameters: unknown[] = [];
  const at = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = [`tenant_id = ${at(filter.tenantId)}`];
  const add = (value: unknown, condition: (place: string) => string) => {
    if (value !== null) conditions.push(condition(at(value)));
  };
  add(filter.before, (place) => `seq < ${place}`);
  add(filter.sessionId, (place) => `session_id = ${place}`);
  add(filter.direction, (place) => `direction = ${place}`);
  add(filter.chatId, (place) => `chat_id = ${place}`);
  add(filter.from, (place) => `created_at >= ${place}`);
  add(filter.until, (place) => `created_at < ${place}`);
  add(filter.batchId, (place) => `batch_id = ${place}`);
  add(filter.clientRef, (place) => `client_ref = ${place}`);
  add(
    filter.text === null ? null : `%${filter.text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`,
    (place) => `lower(text) LIKE ${place} ESCAPE '\\'`,
  );
  for (const [column, values] of [
    ["status", filter.statuses],
    ["session_id", filter.sessions],
  ] as const) {
    if (values !== null) conditions.push(`${column} IN (${values.map(at).join(", ") || "NULL"})`);
  }
  return sql.all<R>(
    `SELECT * FROM messages WHERE ${conditions.join(" AND ")} ORDER BY seq DESC LIMIT ${at(filter.limit)}`,
    parameters,
  );
}

/** How many messages of the session are queued, counted up to `cap`. */
export async function countQueued(sql: Sql, sessionId: string, cap: number): Promise<number> {
  const rows = await sql.all<{ count: number }>(
    "SELECT count(*) AS count FROM (SELECT 1 FROM messages WHERE session_id = $1 AND status = 'queued' LIMIT $2) queued",
    [sessionId, cap],
  );
  return rows[0]!.count;
}
