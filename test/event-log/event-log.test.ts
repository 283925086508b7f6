/** Readers of the event log miss nothing, whatever the order in which its writers commit. */
import { EVENT_TYPES } from "../../contracts/events.ts";
import { createId } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { readEventsAfter, readLogBounds, readTenantEvents } from "../../db/statements/events/read-events.ts";
import { isOnPostgres } from "../harness/database.ts";
import { sampleDraft } from "../harness/events.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { openTestDatabase } from "../harness/session-rows.ts";

const tenantId = createId("tenant");
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

/** A transaction that stays open until `commit` is called. */
function open(first: (sql: Sql) => Promise<unknown>): {
  begun: Promise<void>;
  append: () => Promise<string>;
  commit: () => Promise<void>;
} {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  let sql: Sql | undefined;
  const done = database.transaction(async (given) => {
    sql = given;
    await first(given);
    begun.resolve();
    await end.promise;
  });
  return {
    begun: begun.promise,
    append: async () => append(sql!),
    commit: async () => {
      end.resolve();
      await done;
    },
  };
}

/** Appends an event of a session of its own and returns its id. */
async function append(sql: Sql): Promise<string> {
  const [id] = await appendEvents(
    sql,
    [sampleDraft("session.created", { tenantId, sessionId: createId("session") })],
    Date.now(),
  );
  return id!;
}

const idsAfter = async (position: number) =>
  (await readEventsAfter(database, position, 100)).map(({ envelope }) => envelope.id);
const tenantIds = async () =>
  (await readTenantEvents(database, { tenantId, after: 0, limit: 100, types: EVENT_TYPES, sessions: null })).events.map(
    ({ envelope }) => envelope.id,
  );

test("an event is read once it is committed", async () => {
  expect(await readLogBounds(database)).toEqual({ oldest: 0, newest: 0 });
  const id = await database.transaction(append);
  expect(await idsAfter(0)).toEqual([id]);
  expect(await tenantIds()).toEqual([id]);
  const { oldest, newest } = await readLogBounds(database);
  expect(oldest).toBe(newest);
  expect(await idsAfter(newest)).toEqual([]);
});

// SQLite has one writer: transactions are committed in the order in which they began.
(isOnPostgres ? describe : describe.skip)("with several writers", () => {
  const write = (sql: Sql) => sql.run("INSERT INTO cursors (name, position) VALUES ($1, 0)", [createId("event")]);

  test("an event that took a lower position but is committed later is not skipped", async () => {
    const [early, late] = [open(write), open(write)];
    await early.begun;
    await late.begun;
    const lower = await late.append();
    const higher = await early.append();
    await early.commit();
    expect(await idsAfter(0)).toEqual([]);
    expect(await tenantIds()).toEqual([]);
    expect(await readLogBounds(database)).toEqual({ oldest: 0, newest: 0 });
    await late.commit();
    expect(await idsAfter(0)).toEqual([lower, higher]);
    expect(await tenantIds()).toEqual([lower, higher]);
  });

  test("a transaction that appends no events delays no reader", async () => {
    const other = open(write);
    await other.begun;
    const id = await database.transaction(append);
    expect(await idsAfter(0)).toEqual([id]);
    await other.commit();
  });

  test("the server ends the transaction of an idle writer, which would delay every reader", async () => {
    const [row] = await database.all<{ limit: string }>(
      "SELECT current_setting('idle_in_transaction_session_timeout') AS limit",
    );
    expect(row).toEqual({ limit: "15s" });
  });

  test("a transaction that is rolled back leaves a gap and delays no reader", async () => {
    const failed = database.transaction(async (sql) => {
      await append(sql);
      throw new Error("rolled back");
    });
    await expect(failed).rejects.toThrow("rolled back");
    const id = await database.transaction(append);
    expect(await idsAfter(0)).toEqual([id]);
  });
});
