/**
 * A database that reports how long its statements take. Calls of Sequelize models are not timed on their own, only as
 * part of the transaction they join.
 */
import type { Database, Sql } from "./database.ts";

const KINDS = ["select", "insert", "update", "delete"] as const;
/** The kind of a statement; `transaction` for a whole transaction. */
export type Operation = (typeof KINDS)[number] | "other" | "transaction";

export type OnTimed = (op: Operation, ms: number) => void;

function kindOf(text: string): Operation {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase();
  return KINDS.find((kind) => kind === verb) ?? "other";
}

async function time<T>(onTimed: OnTimed, op: Operation, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    onTimed(op, performance.now() - started);
  }
}

function timedSql(sql: Sql, onTimed: OnTimed): Sql {
  return {
    dialect: sql.dialect,
    all: (text, parameters) => time(onTimed, kindOf(text), () => sql.all(text, parameters)),
    run: (text, parameters) => time(onTimed, kindOf(text), () => sql.run(text, parameters)),
  };
}

/**
 * Wraps the database. The time of a single statement or of a transaction includes its wait for a connection or the
 * write lock; the time of a statement inside a transaction does not.
 */
export function timed(database: Database, onTimed: OnTimed): Database {
  return {
    ...database,
    ...timedSql(database, onTimed),
    transaction: (work) =>
      time(onTimed, "transaction", () =>
        database.transaction((sql) => work({ ...timedSql(sql, onTimed), forSequelize: sql.forSequelize })),
      ),
  };
}
