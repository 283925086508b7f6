/**
 * Tables for plain reading and writing of rows, through Sequelize. Every method but those of `acrossTenants` takes the tenant
 * and adds it to the condition, so that a row of another tenant is not there at all.
 */
import { DataTypes, Op, literal, type Model, type ModelStatic, type Sequelize, type WhereOptions } from "sequelize";
import { Problem } from "../../contracts/errors.ts";
import type { Sql } from "../database.ts";

/** What a column holds: `flag` is 0 or 1, `json` is text, in both dialects. */
export type ColumnKind = "text" | "integer" | "flag" | "json";

/** Rows of every table have one. */
export interface TableRow {
  readonly id: string;
}

/** A table as data: its name, and its columns by their names in the program (`tenantId` is `tenant_id` in the database). */
export interface TableDefinition<Row> {
  readonly name: string;
  readonly columns: { readonly [Column in keyof Row]-?: ColumnKind };
  /** Where the tenant's id stands; `tenantId` when absent. */
  readonly tenantColumn?: "id";
}

/** Declares a table; only here for the inference of its columns. */
export function defineTable<Row>(definition: TableDefinition<Row>): TableDefinition<Row> {
  return definition;
}

const TYPES = {
  text: DataTypes.TEXT,
  integer: DataTypes.BIGINT,
  flag: DataTypes.BIGINT,
  json: DataTypes.TEXT,
} as const;

/** Makes the Sequelize model of a table; the schema itself is the migrations' matter. */
export function defineModel<Row>(sequelize: Sequelize, definition: TableDefinition<Row>): ModelStatic<Model> {
  const columns = Object.entries<ColumnKind>(definition.columns);
  return sequelize.define(
    definition.name,
    Object.fromEntries(
      columns.map(([name, kind]) => [name, { type: TYPES[kind], primaryKey: name === "id", field: toSnakeCase(name) }]),
    ),
    { tableName: definition.name, timestamps: false, freezeTableName: true },
  );
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Where<Row> = Partial<Row>;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The id to go on after; null when this was the last page. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  /** The id to go on after. */
  readonly after?: string | undefined;
}

export class Table<Row extends TableRow> {
  readonly #definition: TableDefinition<Row>;
  readonly #model: ModelStatic<Model>;

  constructor(definition: TableDefinition<Row>, model: ModelStatic<Model>) {
    this.#definition = definition;
    this.#model = model;
  }

  /** The row, or null when the tenant has none of this id. */
  async find(tenantId: string, id: string): Promise<Row | null> {
    return this.#first(this.#scope(tenantId, { id }));
  }

  /** The row; the problem `not_found` when the tenant has none of this id. */
  async get(tenantId: string, id: string): Promise<Row> {
    const row = await this.find(tenantId, id);
    if (row === null) throw new Problem("not_found");
    return row;
  }

  /** Rows of the tenant in the order of their making. */
  async list(tenantId: string, request: PageRequest, where: Where<Row> = {}): Promise<Page<Row>> {
    return this.#page(this.#scope(tenantId, this.#encode(where)), request);
  }

  /** Inserts the row in a transaction of the named statements. */
  async insert(sql: Sql, row: Row): Promise<void> {
    const entries = Object.entries(this.#encode(row));
    const columns = entries.map(([name]) => toSnakeCase(name)).join(", ");
    const places = entries.map((_entry, index) => `$${index + 1}`).join(", ");
    const values = entries.map(([, value]) => value);
    await sql.run(`INSERT INTO ${this.#definition.name} (${columns}) VALUES (${places})`, values);
  }

  /**
   * Changes a row and returns it as it is then. With `expectedVersion` only when it still has that version, else the problem
   * `precondition_failed`; tables without the column `version` cannot ask for one.
   */
  async update(tenantId: string, id: string, changes: Partial<Row>, expectedVersion?: number): Promise<Row> {
    const versioned = "version" in this.#definition.columns;
    const values = { ...this.#encode(changes), ...(versioned ? { version: literal("version + 1") } : {}) };
    const where = this.#scope(tenantId, { id, ...(expectedVersion === undefined ? {} : { version: expectedVersion }) });
    const [changed] = await this.#model.update(values, { where });
    const row = await this.get(tenantId, id);
    if (changed === 0) throw new Problem("precondition_failed");
    return row;
  }

  /** True when there was such a row. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    return (await this.#model.destroy({ where: this.#scope(tenantId, { id }) })) > 0;
  }

  /** Rows of all tenants, for the platform's administrators and for looking up credentials: the only way past the wall. */
  readonly acrossTenants = {
    findBy: (where: Where<Row>): Promise<Row | null> => this.#first(this.#encode(where)),
    list: (request: PageRequest): Promise<Page<Row>> => this.#page({}, request),
  };

  #scope(tenantId: string, where: Record<string, unknown>): WhereOptions {
    return { [Op.and]: [{ [this.#definition.tenantColumn ?? "tenantId"]: tenantId }, where] };
  }

  async #first(where: WhereOptions): Promise<Row | null> {
    const found = await this.#model.findOne({ where, raw: true });
    return found === null ? null : this.#decode(found as unknown as Record<string, unknown>);
  }

  async #page(where: WhereOptions, request: PageRequest): Promise<Page<Row>> {
    const conditions = request.after === undefined ? where : { [Op.and]: [where, { id: { [Op.gt]: request.after } }] };
    const found = await this.#model.findAll({
      where: conditions,
      order: [["id", "ASC"]],
      limit: request.limit + 1,
      raw: true,
    });
    const rows = found.slice(0, request.limit).map((row) => this.#decode(row as unknown as Record<string, unknown>));
    return { rows, next: found.length > request.limit ? rows.at(-1)!.id : null };
  }

  #encode(row: Partial<Row>): Record<string, unknown> {
    const encoded: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(row)) {
      const kind = this.#definition.columns[name as keyof Row];
      if (value === undefined) continue;
      encoded[name] =
        kind === "json" && value !== null ? JSON.stringify(value) : kind === "flag" ? Number(value) : value;
    }
    return encoded;
  }

  #decode(stored: Record<string, unknown>): Row {
    const row: Record<string, unknown> = {};
    for (const [name, kind] of Object.entries<ColumnKind>(this.#definition.columns)) {
      const value = stored[name];
      row[name] =
        kind === "json" && typeof value === "string"
          ? (JSON.parse(value) as unknown)
          : kind === "flag"
            ? value === 1
            : value;
    }
    return row as unknown as Row;
  }
}
