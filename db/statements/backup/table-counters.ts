import type { Sql } from "../../database.ts";

/** PostgreSQL: tables with numbered rows, and the sequence of each. */
const POSTGRES_SEQUENCES = `
  SELECT t.relname AS "table", s.oid::regclass::text AS sequence, coalesce(pg_sequence_last_value(s.oid), 0) AS value
  FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
  JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S' AND t.relnamespace = current_schema()::regnamespace`;

/** The last number assigned by each table with numbered rows, deleted rows included. */
export async function readCounters(sql: Sql): Promise<Record<string, number>> {
  const text =
    sql.dialect === "postgres" ? POSTGRES_SEQUENCES : `SELECT name AS "table", seq AS value FROM sqlite_sequence`;
  const rows = await sql.all<{ table: string; value: number }>(text);
  return Object.fromEntries(rows.map((row) => [row.table, row.value]));
}

/** Raises the counter of each table to at least this number; counters never decrease. */
export async function raiseCounters(sql: Sql, counters: Readonly<Record<string, number>>): Promise<void> {
  if (sql.dialect === "sqlite") {
    for (const [table, value] of Object.entries(counters)) {
      await sql.run(
        `INSERT INTO sqlite_sequence (name, seq)
         SELECT $1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)`,
        [table],
      );
      await sql.run("UPDATE sqlite_sequence SET seq = max(seq, $2) WHERE name = $1", [table, value]);
    }
    return;
  }
  for (const { table, sequence, value } of await sql.all<{ table: string; sequence: string; value: number }>(
    POSTGRES_SEQUENCES,
  )) {
    const wanted = counters[table] ?? 0;
    if (wanted > value) await sql.all("SELECT setval($1::regclass, $2)", [sequence, wanted]);
  }
}
