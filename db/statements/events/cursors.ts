import type { Sql } from "../../database.ts";

/** The saved position of the named reader; a new reader begins at `start`. */
export async function readCursor(sql: Sql, name: string, start: number): Promise<number> {
  const read = async () =>
    (await sql.all<{ position: number }>("SELECT position FROM cursors WHERE name = $1", [name]))[0]?.position;
  const known = await read();
  if (known !== undefined) return known;
  await sql.run("INSERT INTO cursors (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", [name, start]);
  return (await read()) ?? start;
}

/** Moves the reader's position; false when another replica has moved it since: the caller must roll back its work. */
export async function moveCursor(sql: Sql, name: string, from: number, to: number): Promise<boolean> {
  return (await sql.run("UPDATE cursors SET position = $3 WHERE name = $1 AND position = $2", [name, from, to])) === 1;
}
