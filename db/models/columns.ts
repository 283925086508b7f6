/** Column types of the models. In both dialects a flag is stored as 0 or 1, a JSON value as text, and a time in ms. */
import { DataTypes, type Model, type ModelAttributeColumnOptions } from "sequelize";

type Column = ModelAttributeColumnOptions<Model>;

export const id: Column = { type: DataTypes.TEXT, primaryKey: true, allowNull: false };
export const text: Column = { type: DataTypes.TEXT, allowNull: false };
export const integer: Column = { type: DataTypes.BIGINT, allowNull: false };

/** The same column, but nullable. */
export function nullable(column: Column): Column {
  return { ...column, allowNull: true };
}

/** A boolean in rows; `column` is the column's own name. */
export function flag(column: string): Column {
  return {
    ...integer,
    get(this: Model) {
      return this.getDataValue(column) === 1;
    },
    set(this: Model, value: unknown) {
      this.setDataValue(column, Number(value));
    },
  };
}

/** Any JSON value in rows; `column` is the column's own name. */
export function json(column: string): Column {
  return {
    ...text,
    get(this: Model) {
      const stored: unknown = this.getDataValue(column);
      return typeof stored === "string" ? (JSON.parse(stored) as unknown) : stored;
    },
    set(this: Model, value: unknown) {
      this.setDataValue(column, value === null ? null : JSON.stringify(value));
    },
  };
}
