/** The database of a test run: SQLite in the data directory, or a separate database on the run's PostgreSQL server. */
import { createDatabase } from "./postgres.ts";

declare global {
  /** Set by the jest project. */
  var TEST_DATABASE: "sqlite" | "postgres" | undefined;
}

export const isOnPostgres = globalThis.TEST_DATABASE === "postgres";

const databases = new Map<string, Promise<string>>();

/** The environment variables of this data directory's database, the same at each start of the system. */
export async function databaseEnvironment(dataDir: string): Promise<Record<string, string>> {
  if (!isOnPostgres) return {};
  const server = process.env["TEST_POSTGRES_URL"];
  if (server === undefined) throw new Error("the run has no PostgreSQL server; see test/harness/global-setup.ts");
  if (!databases.has(dataDir)) databases.set(dataDir, createDatabase(server));
  return { WPP_DATABASE_URL: await databases.get(dataDir)! };
}
