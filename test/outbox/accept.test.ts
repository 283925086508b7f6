/** Acceptance, below HTTP: lost commits, conflicts within a batch, and the daily quota. */
import { createId, type Id } from "../../contracts/ids.ts";
import type { Database, Sql } from "../../db/database.ts";
import { createAcceptor, type AcceptRequest } from "../../outbox/accept.ts";
import { makeFaulty } from "../harness/faulty-database.ts";
import { cleanUp, makeDataDir } from "../harness/process.ts";
import { addSession, addTenant, openTestDatabase } from "../harness/session-rows.ts";
import { newText, requestOf } from "./queued-messages.ts";

const quiet = () => undefined;
let tenantId: Id<"tenant">;
let sessionId: Id<"session">;
let dataDir: string;
let database: Database;

beforeEach(async () => {
  dataDir = makeDataDir();
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  sessionId = await addSession(database, tenantId);
});
afterEach(async () => {
  await database.close();
  await cleanUp(dataDir);
});

function request(clientRef: string | null, session = sessionId): AcceptRequest {
  return requestOf([newText(tenantId, session, { client_ref: clientRef })]);
}

/** A request for `count` messages, under the quota. */
function requestFor(count: number, dailyQuota: number): AcceptRequest {
  const [first, ...rest] = Array.from({ length: count }, () => newText(tenantId, sessionId));
  return requestOf([first!, ...rest], { dailyQuota });
}

/** The database, whose first commit takes effect while its response is lost. */
function losing(): Database {
  const faulty = makeFaulty(database);
  faulty.fault = (text) => {
    if (text !== "COMMIT") return undefined;
    faulty.fault = () => undefined;
    return "after";
  };
  return faulty;
}

const counted = async () =>
  (await database.all<{ count: number }>("SELECT count FROM usage_counters WHERE tenant_id = $1", [tenantId]))[0]
    ?.count ?? 0;
const eventsOf = async (id: string) =>
  (await database.all<{ data: string }>("SELECT data FROM events")).filter(({ data }) => data.includes(id)).length;

test.each([null, "order-1"])(
  "after a lost commit there is one row, one event, and one message counted (clientRef %j)",
  async (clientRef) => {
    const acceptor = createAcceptor(losing(), quiet);
    // The last message that the tenant may send today: counted twice it would be refused.
    const given = { ...request(clientRef), dailyQuota: 1 };
    expect(await acceptor.submit(given)).toMatchObject({ answer: { status: 202 } });
    const { id } = given.messages[0];
    expect(await database.all("SELECT id FROM messages WHERE id = $1", [id])).toHaveLength(1);
    expect(await eventsOf(id)).toBe(1);
    expect(await counted()).toBe(1);
  },
);

test("a second message with the same clientRef is refused and not counted", async () => {
  const acceptor = createAcceptor(database, quiet);
  await acceptor.submit(request("order-2"));
  const before = await counted();
  await expect(acceptor.submit(request("order-2"))).rejects.toMatchObject({ type: "client_ref_taken" });
  expect(await counted()).toBe(before);
});

test("a request that cannot be stored does not affect the others of its batch", async () => {
  const acceptor = createAcceptor(database, quiet);
  const good = [request(null), request(null)];
  const results = await Promise.allSettled([
    acceptor.submit(good[0]!),
    acceptor.submit(request(null, createId("session"))),
    acceptor.submit(good[1]!),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  for (const { messages } of good) expect(await eventsOf(messages[0].id)).toBe(1);
});

test("tenants are counted in the order of their ids, so that two processes cannot deadlock", async () => {
  const tenants = [await addTenant(database), await addTenant(database), await addTenant(database)];
  const locked: unknown[] = [];
  const watched = <S extends Sql>(sql: S): S => ({
    ...sql,
    all: (text, parameters = []) => {
      if (text.includes("usage_counters")) locked.push(parameters[0]);
      return sql.all(text, parameters);
    },
  });
  const watching: Database = { ...database, transaction: (work) => database.transaction((sql) => work(watched(sql))) };
  const messages = await Promise.all(
    [2, 0, 1].map(async (index) => newText(tenants[index]!, await addSession(database, tenants[index]!))),
  );
  const acceptor = createAcceptor(watching, quiet);
  await Promise.all(messages.map((message) => acceptor.submit(requestOf([message]))));
  expect(locked).toEqual(tenants.toSorted());
});

describe("the daily quota", () => {
  const thresholds = async () =>
    (
      await database.all<{ session_id: string | null; data: string }>(
        "SELECT session_id, data FROM events WHERE type = 'quota.threshold' AND tenant_id = $1 ORDER BY seq",
        [tenantId],
      )
    ).map(({ session_id, data }) => {
      expect(session_id).toBeNull();
      return JSON.parse(data) as unknown;
    });
  const threshold = (used: number, percent: number) => ({ quota: "messagesPerDay", limit: 10, used, percent });

  test("80 % and 100 % are reported when they are reached, and not again", async () => {
    const acceptor = createAcceptor(database, quiet);
    await acceptor.submit(requestFor(7, 10));
    expect(await thresholds()).toEqual([]);
    await acceptor.submit(requestFor(1, 10));
    expect(await thresholds()).toEqual([threshold(8, 80)]);
    await acceptor.submit(requestFor(1, 10));
    await acceptor.submit(requestFor(1, 10));
    expect(await thresholds()).toEqual([threshold(8, 80), threshold(10, 100)]);
  });

  test("a transaction that crosses both reports the higher one", async () => {
    await createAcceptor(database, quiet).submit(requestFor(10, 10));
    expect(await thresholds()).toEqual([threshold(10, 100)]);
  });

  test("messages that are refused do not count towards a threshold", async () => {
    const acceptor = createAcceptor(database, quiet);
    await acceptor.submit({ ...request("taken"), dailyQuota: 10 });
    await acceptor.submit(requestFor(6, 10));
    // In one transaction: one message more than the quota, and one whose clientRef is taken.
    const results = await Promise.allSettled([
      acceptor.submit(requestFor(4, 10)),
      acceptor.submit({ ...request("taken"), dailyQuota: 10 }),
    ]);
    expect(results).toMatchObject([{ reason: { type: "quota_exceeded" } }, { reason: { type: "client_ref_taken" } }]);
    expect(await counted()).toBe(7);
    expect(await thresholds()).toEqual([]);
  });

  test("a repeated transaction reports a threshold once", async () => {
    await createAcceptor(losing(), quiet).submit(requestFor(8, 10));
    expect(await thresholds()).toEqual([threshold(8, 80)]);
  });

  test("without a limit nothing is reported", async () => {
    await createAcceptor(database, quiet).submit(requestOf([newText(tenantId, sessionId)]));
    expect(await thresholds()).toEqual([]);
  });
});
