/** The guarantees of transactions, on either database. */
import type { Database } from "../../db/database.ts";
import { isOnPostgres } from "../harness/database.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { openTestDatabase } from "../harness/session-rows.ts";

let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

const INSERT = "INSERT INTO cursors (name, position) VALUES ($1, $2)";
const names = async () =>
  (await database.all<{ name: string }>("SELECT name FROM cursors ORDER BY name")).map(({ name }) => name);

test("a transaction's writes are kept when it succeeds, and none of them when it throws", async () => {
  await database.transaction((sql) => sql.run(INSERT, ["kept", 1]));
  const broken = database.transaction(async (sql) => {
    await sql.run(INSERT, ["lost", 1]);
    throw new Error("no");
  });
  await expect(broken).rejects.toThrow("no");
  expect(await names()).toEqual(["kept"]);
});

test("a transaction that was rolled back never reports success, even if the work swallowed the failure", async () => {
  const done = database.transaction(async (sql) => {
    await sql.run(INSERT, ["first", 1]);
    await sql.run(INSERT, ["first", 2]).catch(() => undefined);
  });
  if (isOnPostgres) await expect(done).rejects.toThrow("ROLLBACK");
  else await done;
  expect(await names()).toEqual(isOnPostgres ? [] : ["first"]);
});

test("parameters may be used in any order and more than once", async () => {
  const rows = await database.all("SELECT CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS again", [
    "one",
    "two",
  ]);
  expect(rows).toEqual([{ b: "two", a: "one", again: "two" }]);
});
