/** A database that tells how long its statements take. What goes through Sequelize itself, the CRUD of tables, is not seen here. */
import type { Database, Sql } from "./database.ts";

const KINDS = ["select", "insert", "update", "delete"] as const;
/** The kind of a statement, `other`, or `transaction` for a whole one. */
export type Operation = (typeof KINDS)[number] | "other" | "transaction";

export type TellTime = (op: Operation, ms: number) => void;

function kindOf(text: string): Operation {
  const word = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase();
  return KINDS.find((kind) => kind === word) ?? "other";
}

async function time<T>(tell: TellTime, op: Operation, work: () => Promise<T>): Promise<T> {
  const asked = performance.now();
  try {
    return await work();
  } finally {
    tell(op, performance.now() - asked);
  }
}

function timedSql(sql: Sql, tell: TellTime): Sql {
  return {
    dialect: sql.dialect,
    all: (text, parameters) => time(tell, kindOf(text), () => sql.all(text, parameters)),
    run: (text, parameters) => time(tell, kindOf(text), () => sql.run(text, parameters)),
  };
}

/** The same database. Statements by themselves and transactions are timed with their wait for a connection or the lock, those inside a transaction without. */
export function timed(database: Database, tell: TellTime): Database {
  return {
    ...database,
    ...timedSql(database, tell),
    transaction: (work) => time(tell, "transaction", () => database.transaction((sql) => work(timedSql(sql, tell)))),
  };
}
