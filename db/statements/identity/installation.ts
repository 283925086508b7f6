import type { Sql } from "../../database.ts";

/** Stores a value of the installation under this name unless there is one, and returns the stored value. */
export async function ensureInstallationValue(sql: Sql, name: string, value: string): Promise<string> {
  await sql.run("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", [name, value]);
  const rows = await sql.all<{ value: string }>("SELECT value FROM installation WHERE name = $1", [name]);
  return rows[0]!.value;
}

/** Writes the time of a health probe; Unix ms. */
export async function noteProbe(sql: Sql, at: number): Promise<void> {
  await sql.run(
    `INSERT INTO installation (name, value) VALUES ('health-probe', $1)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    [String(at)],
  );
}
