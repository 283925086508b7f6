import type { Sql } from "../../database.ts";

/** The installation's fact of this name; the one given when there was none before. Whoever comes first decides. */
export async function settleFact(sql: Sql, name: string, value: string): Promise<string> {
  await sql.run("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", [name, value]);
  const rows = await sql.all<{ value: string }>("SELECT value FROM installation WHERE name = $1", [name]);
  return rows[0]!.value;
}
