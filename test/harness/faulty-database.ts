/**
 * A database behind a faulty network: a statement does not arrive, or it takes effect and its response is lost, or it
 * never gets a response.
 */
import type { Database, Sql } from "../../db/database.ts";

export type Fault = "before" | "after" | "never";

export interface FaultyDatabase extends Database {
  /** Decides, for each statement and each COMMIT, whether it fails; undefined lets it pass. */
  fault: (text: string) => Fault | undefined;
}

function failure(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

/** Wraps a database; without a `fault` it behaves like the real one. */
export function makeFaulty(database: Database): FaultyDatabase {
  const pass = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    const fault = faulty.fault(text);
    if (fault === "before") throw failure();
    if (fault === "never") return new Promise<never>(() => {});
    const result = await work();
    if (fault === "after") throw failure();
    return result;
  };
  const wrap = <S extends Sql>(sql: S): S => ({
    ...sql,
    all: (text, parameters) => pass(text, () => sql.all(text, parameters)),
    run: (text, parameters) => pass(text, () => sql.run(text, parameters)),
  });
  const faulty: FaultyDatabase = {
    ...database,
    ...wrap(database),
    fault: () => undefined,
    transaction: (work) => pass("COMMIT", () => database.transaction((sql) => work(wrap(sql)))),
  };
  return faulty;
}
