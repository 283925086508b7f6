/** Rows of any table, given its shape; for backups. */
import type { Row, Sql } from "../../database.ts";
import { quoted, type TableShape } from "./table-shapes.ts";

const list = (names: readonly string[]) => names.map(quoted).join(", ");
const parameterList = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => `$${first + index}`).join(", ");

/** Restricts rows to a tenant; `column` holds the tenant's id. */
export interface TenantFilter {
  readonly column: string;
  readonly tenantId: string;
}

/** The number of rows in the table. */
export async function countRows(sql: Sql, table: string, filter: TenantFilter | null = null): Promise<number> {
  const where = filter === null ? "" : `WHERE ${quoted(filter.column)} = $1`;
  const rows = await sql.all<{ count: number }>(
    `SELECT count(*) AS count FROM ${quoted(table)} ${where}`,
    filter === null ? [] : [filter.tenantId],
  );
  return rows[0]!.count;
}

export interface RowsRequest {
  readonly shape: TableShape;
  readonly filter: TenantFilter | null;
  /** The last row of the previous batch; null for the first one. */
  readonly after: Row | null;
  readonly limit: number;
}

/** The next rows, ordered by primary key. */
export async function readRows(sql: Sql, { shape, filter, after, limit }: RowsRequest): Promise<Row[]> {
  const parameters: unknown[] = [limit];
  const conditions: string[] = [];
  if (filter !== null) conditions.push(`${quoted(filter.column)} = $${parameters.push(filter.tenantId)}`);
  if (after !== null) {
    conditions.push(`(${list(shape.key)}) > (${parameterList(shape.key.length, parameters.length + 1)})`);
    parameters.push(...shape.key.map((column) => after[column]));
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return sql.all<Row>(
    `SELECT ${list(shape.columns)} FROM ${quoted(shape.name)} ${where} ORDER BY ${list(shape.key)} LIMIT $1`,
    parameters,
  );
}

/** Inserts rows; each has the values of `columns` in their order. */
export async function insertRows(
  sql: Sql,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  if (rows.length === 0) return;
  if (sql.dialect === "sqlite") {
    const text = `INSERT INTO ${quoted(table)} (${list(columns)}) VALUES (${parameterList(columns.length)})`;
    for (const row of rows) await sql.run(text, row);
    return;
  }
  const objects = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  await sql.run(
    `INSERT INTO ${quoted(table)} (${list(columns)})
     SELECT ${list(columns)} FROM json_populate_recordset(NULL::${quoted(table)}, $1::json)`,
    [JSON.stringify(objects)],
  );
}
