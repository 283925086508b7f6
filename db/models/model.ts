/** How a model is declared: as data, from which each database connection gets its Sequelize model once. */
import type { Model, ModelAttributeColumnOptions, ModelStatic, Sequelize } from "sequelize";
import { guardTenant } from "./tenant-guard.ts";

/** Every row has an id. */
export interface TableRow {
  readonly id: string;
}

export interface ModelDefinition<Row> {
  readonly table: string;
  /** The column that holds the tenant's id. */
  readonly tenantColumn: keyof Row & string;
  /** One attribute per column, under the column's own name. */
  readonly attributes: { readonly [Column in keyof Row]-?: ModelAttributeColumnOptions<Model> };
}

/** A Sequelize model that refuses calls without a tenant; see tenant-guard.ts. */
export type TableModel<Row> = ModelStatic<Model> & {
  readonly tenantColumn: keyof Row & string;
  /** True when the table has the column `version`, which each change increments. */
  readonly isVersioned: boolean;
};

/** Returns the model on a connection; it is defined at the first call. */
export type ModelOn<Row> = (sequelize: Sequelize) => TableModel<Row>;

/** Declares a model. The migrations own the schema, so nothing is synchronized. */
export function defineModel<Row extends TableRow>(definition: ModelDefinition<Row>): ModelOn<Row> {
  const { table, tenantColumn, attributes } = definition;
  return (sequelize) => {
    if (sequelize.isDefined(table)) return sequelize.model(table) as TableModel<Row>;
    // Sequelize writes into the attributes it is given, and tests open several databases in one process.
    const columns = Object.entries<ModelAttributeColumnOptions<Model>>(attributes);
    const own = Object.fromEntries(columns.map(([name, column]) => [name, { ...column }]));
    const model = sequelize.define(table, own, { tableName: table, timestamps: false, freezeTableName: true });
    guardTenant(model, tenantColumn);
    return Object.assign(model, { tenantColumn, isVersioned: "version" in attributes });
  };
}
