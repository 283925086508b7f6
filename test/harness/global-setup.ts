/** Starts the server of a run on PostgreSQL. Workers find it by an environment variable, the teardown by a global. */
import { startPostgres, type PostgresServer } from "./postgres.ts";

declare global {
  var testPostgres: PostgresServer | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.testPostgres = await startPostgres();
  process.env["TEST_POSTGRES_URL"] = globalThis.testPostgres.url;
}
