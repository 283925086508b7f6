/** A PostgreSQL server that hangs: statements fail at once, and work again as soon as it answers. */
import { openDatabase, type Database } from "../../db/database.ts";
import { isOutage } from "../../db/failures.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { until } from "../harness/system.ts";

let postgres: PostgresServer;
let database: Database;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await openDatabase({ url: await createDatabase(postgres.url), dataDir: "unused" });
}, 60_000);

afterAll(async () => {
  postgres?.signal("SIGCONT");
  await database?.close();
  await postgres?.stop();
});

const one = () => database.all<{ one: number }>("SELECT 1 AS one");
/** What the call fails with; undefined when it succeeds. */
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Resolves when the server works on the statement. */
const underWay = (text: string) =>
  until(async () => {
    const found = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = $1";
    return (await database.all(found, [text])).length > 0;
  });

test("statements under way fail as an outage, in transactions and of models too", async () => {
  const texts = ["all", "run", "transaction", "model"].map((name) => `SELECT pg_sleep(60), '${name}'`);
  const failures = Promise.all([
    failureOf(database.all(texts[0]!)),
    failureOf(database.run(texts[1]!)),
    failureOf(database.transaction((sql) => sql.all(texts[2]!))),
    failureOf(database.sequelize.query(texts[3]!)),
  ]);
  for (const text of texts) await underWay(text);
  postgres.signal("SIGSTOP");
  for (const failure of await failures) expect(isOutage(failure)).toBe(true);
  postgres.signal("SIGCONT");
  await until(async () => (await failureOf(one())) === undefined);
}, 10_000);

test("statements, transactions and models fail as an outage, and work again when it answers", async () => {
  expect(await one()).toEqual([{ one: 1 }]);
  postgres.signal("SIGSTOP");
  // The statement in flight is let go as well, long before its own timeout of 15 s.
  expect(isOutage(await failureOf(one()))).toBe(true);
  expect(isOutage(await failureOf(database.run("SELECT 1")))).toBe(true);
  expect(isOutage(await failureOf(database.transaction((sql) => sql.all("SELECT 1"))))).toBe(true);
  expect(isOutage(await failureOf(database.sequelize.query("SELECT 1")))).toBe(true);
  postgres.signal("SIGCONT");
  await until(async () => (await failureOf(one())) === undefined);
  expect(await database.transaction((sql) => sql.all("SELECT 2 AS two"))).toEqual([{ two: 2 }]);
}, 13_000);
