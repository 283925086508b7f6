/** A database that fails as a network does: a statement does not arrive, or it is carried out and its answer is lost, or it is never answered. */
import type { Database, Sql } from "../../db/database.ts";

export type Fault = "before" | "after" | "never";

export interface FaultyDatabase extends Database {
  /** Decides, for each statement and each COMMIT, whether it fails; undefined lets it be. */
  fault: (text: string) => Fault | undefined;
}

function failure(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

/** Wraps a database; without a `fault` set it is as good as the real one. */
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
