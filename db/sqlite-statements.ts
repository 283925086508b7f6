/** The statements of one SQLite handle, each prepared once. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { Sql } from "./database.ts";

export type Value = null | number | bigint | string | Uint8Array;

/** Converts a JavaScript value to one that SQLite stores. */
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

interface Positional {
  readonly statement: StatementSync;
  /** For each `?`, the index of its parameter. */
  readonly order: readonly number[];
}

/** Prepares the text with `?` in place of `$1, $2, …`: binding by position costs a fifth of binding by name. */
function preparePositional(handle: DatabaseSync, text: string): Positional {
  const order: number[] = [];
  const rewritten = text.replace(/\$(\d+)/g, (_, digits: string) => {
    order.push(Number(digits) - 1);
    return "?";
  });
  return { statement: handle.prepare(rewritten), order };
}

/** Statements on a SQLite handle. */
export function sqliteSql(handle: DatabaseSync): Sql {
  const prepared = new StatementCache((text) => preparePositional(handle, text));
  const bind = ({ order }: Positional, parameters: readonly unknown[]) =>
    order.map((index) => toValue(parameters[index]));
  return {
    dialect: "sqlite",
    all: async <R>(text: string, parameters: readonly unknown[] = []) => {
      const positional = prepared.get(text);
      return positional.statement.all(...bind(positional, parameters)) as R[];
    },
    run: async (text, parameters = []) => {
      const positional = prepared.get(text);
      return Number(positional.statement.run(...bind(positional, parameters)).changes);
    },
  };
}
