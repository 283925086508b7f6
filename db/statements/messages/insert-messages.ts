import type { Sql } from "../../database.ts";
import type { NewMessage } from "../../rows/message.ts";

/** The inserted columns, with their PostgreSQL types for unnest. */
const COLUMNS = {
  id: "text",
  tenant_id: "text",
  session_id: "text",
  direction: "text",
  type: "text",
  chat_id: "text",
  chat_lid: "text",
  author: "text",
  push_name: "text",
  content: "text",
  text: "text",
  media_id: "text",
  reply_to: "text",
  target_key: "text",
  mentions: "text",
  client_ref: "text",
  batch_id: "text",
  retry_of: "text",
  status: "text",
  priority: "bigint",
  send_at: "bigint",
  expires_at: "bigint",
  wa_id: "text",
  stanza_id: "text",
  wa_key: "text",
  ack: "bigint",
  error_code: "text",
  error_detail: "text",
  timeline: "text",
  backfill: "bigint",
  wa_at: "bigint",
  created_at: "bigint",
  updated_at: "bigint",
} as const satisfies Record<keyof NewMessage, "text" | "bigint">;

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

const INSERT = `INSERT INTO messages (${NAMES.join(", ")})`;
const ONE = `${INSERT} VALUES (${NAMES.map((_, index) => `$${index + 1}`).join(", ")}) ON CONFLICT DO NOTHING`;
const ARRAYS = NAMES.map((name, index) => `$${index + 1}::${COLUMNS[name]}[]`).join(", ");
const MANY = `${INSERT} SELECT * FROM unnest(${ARRAYS}) ON CONFLICT DO NOTHING RETURNING id`;

/**
 * Inserts messages in the given order, and returns the ids of those whose WhatsApp id and clientRef were new in their
 * session.
 */
export async function insertMessages(sql: Sql, rows: readonly NewMessage[]): Promise<Set<string>> {
  if (sql.dialect === "postgres") {
    const inserted = await sql.all<{ id: string }>(
      MANY,
      NAMES.map((name) => rows.map((row) => row[name])),
    );
    return new Set(inserted.map((row) => row.id));
  }
  const ids = new Set<string>();
  for (const row of rows) {
    const inserted = await sql.run(
      ONE,
      NAMES.map((name) => row[name]),
    );
    if (inserted === 1) ids.add(row.id);
  }
  return ids;
}
