/** Statements of one SQLite handle, each prepared once. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { Sql } from "./database.ts";

export type Value = null | number | bigint | string | Uint8Array;

/** Turns what JavaScript has into what SQLite stores. */
export function toValue(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  if (
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "string" ||
    value instanceof Uint8Array
  )
    return value;
  return JSON.stringify(value);
}

/** Prepared statements by their text; the least recently used is dropped first. */
export class StatementCache<T extends object> {
  readonly #prepare: (text: string) => T;
  readonly #prepared = new LRUCache<string, T>({ max: 200 });

  constructor(prepare: (text: string) => T) {
    this.#prepare = prepare;
  }

  get(text: string): T {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const prepared = this.#prepare(text);
    this.#prepared.set(text, prepared);
    return prepared;
  }
}

interface Placed {
  readonly statement: StatementSync;
  /** For each place the parameter that it stands for. */
  readonly order: readonly number[];
}

/** Prepares a text with `?` for its `$1, $2, …`: values bound by place cost a fifth of those bound by name. */
function prepareByPlace(handle: DatabaseSync, text: string): Placed {
  const order: number[] = [];
  const placed = text.replace(/\$(\d+)/g, (_, digits: string) => {
    order.push(Number(digits) - 1);
    return "?";
  });
  return { statement: handle.prepare(placed), order };
}

/** Statements on a SQLite handle. */
export function sqliteSql(handle: DatabaseSync): Sql {
  const prepared = new StatementCache((text) => prepareByPlace(handle, text));
  const bind = ({ order }: Placed, parameters: readonly unknown[]) => order.map((place) => toValue(parameters[place]));
  return {
    dialect: "sqlite",
    all: async <R>(text: string, parameters: readonly unknown[] = []) => {
      const placed = prepared.get(text);
      return placed.statement.all(...bind(placed, parameters)) as R[];
    },
    run: async (text, parameters = []) => {
      const placed = prepared.get(text);
      return Number(placed.statement.run(...bind(placed, parameters)).changes);
    },
  };
}
