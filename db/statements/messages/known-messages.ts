import { isOneOf, type Sql } from "../../database.ts";

/** Those of the messages that the database has. */
export async function selectKnownMessages(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const parameter = sql.dialect === "postgres" ? ids : JSON.stringify(ids);
  const rows = await sql.all<{ id: string }>(`SELECT id FROM messages WHERE ${isOneOf(sql, "id", "$1")}`, [parameter]);
  return new Set(rows.map(({ id }) => id));
}
