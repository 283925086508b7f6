import type { Sql } from "../../database.ts";

/** A table as described by the database's catalog. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of the primary key, in order. */
  readonly key: readonly string[];
}

interface ColumnRow {
  table: string;
  column: string;
  /** Position in the primary key, from 1; 0 when not part of it. */
  position: number;
}

const SQLITE_COLUMNS = `SELECT t.name AS "table", c.name AS "column", c.pk AS position
  FROM sqlite_schema t JOIN pragma_table_info(t.name) c
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid`;

const POSTGRES_COLUMNS = `SELECT t.relname AS "table", a.attname AS "column",
    coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS position
  FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
  WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, a.attnum`;

const SQLITE_REFERENCES = `SELECT t.name AS "table", f."table" AS "to"
  FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'`;

const POSTGRES_REFERENCES = `SELECT t.relname AS "table", r.relname AS "to"
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
  WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace`;

/** The tables of the connection's schema, each after those it refers to. */
export async function readTableShapes(sql: Sql): Promise<TableShape[]> {
  const isPostgres = sql.dialect === "postgres";
  const columns = await sql.all<ColumnRow>(isPostgres ? POSTGRES_COLUMNS : SQLITE_COLUMNS);
  const references = await sql.all<{ table: string; to: string }>(isPostgres ? POSTGRES_REFERENCES : SQLITE_REFERENCES);
  const shapes = [...Map.groupBy(columns, (row) => row.table)].map(([name, rows]) => ({
    name,
    columns: rows.map((row) => row.column),
    key: rows
      .filter((row) => row.position > 0)
      .sort((a, b) => a.position - b.position)
      .map((row) => row.column),
  }));
  return inOrder(shapes, references);
}

function inOrder(shapes: readonly TableShape[], references: readonly { table: string; to: string }[]): TableShape[] {
  const ordered: TableShape[] = [];
  const visit = (shape: TableShape, path: readonly string[]): void => {
    if (ordered.includes(shape)) return;
    if (path.includes(shape.name))
      throw new Error(`tables refer to each other in a cycle: ${[...path, shape.name].join(", ")}`);
    const needed = new Set(
      references
        .filter((reference) => reference.table === shape.name && reference.to !== shape.name)
        .map((reference) => reference.to),
    );
    for (const other of shapes) if (needed.has(other.name)) visit(other, [...path, shape.name]);
    ordered.push(shape);
  };
  for (const shape of shapes) visit(shape, []);
  return ordered;
}

/** Quotes an identifier; identifiers come from the database's catalog, never from a request. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
