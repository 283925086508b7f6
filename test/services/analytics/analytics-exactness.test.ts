/** Counts are exact: each event of the log is counted once per bucket size, despite crashes and concurrent replicas. */
import type { Logger } from "moleculer";
import { BUCKETS, BUCKET_SIZES } from "../../../contracts/analytics.ts";
import type { EventDraft, EventType } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import { openDatabase, type Database } from "../../../db/database.ts";
import { migrate } from "../../../db/migrations.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import { createDurableReader } from "../../../event-log/durable-reader.ts";
import type { EventReader } from "../../../event-log/reader.ts";
import { createCounting } from "../../../services/analytics/roll-up.ts";
import { databaseEnvironment } from "../../harness/database.ts";
import { sampleDraft } from "../../harness/events.ts";
import { cleanUp, makeDataDir, startProcess } from "../../harness/process.ts";
import { until } from "../../harness/system.ts";

const TYPES = [
  "message.queued",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.failed",
  "message.expired",
  "message.cancelled",
  "message.received",
  "session.connected",
  "session.disconnected",
  "message.edited",
  "typing.start",
] as const satisfies readonly EventType[];
const CODES = ["number_not_on_whatsapp", "rejected_by_network", "attempts_exhausted"];
const NOT_COUNTED = new Set<EventType>(["message.edited", "typing.start"]);
const tenants = [createId("tenant"), createId("tenant"), createId("tenant")];
const sessions = Array.from({ length: 12 }, () => createId("session"));
const silent = { error: () => undefined } as unknown as Logger;

let dataDir: string;
let databases: Database[] = [];

beforeEach(async () => {
  dataDir = makeDataDir();
  databases = [await open(), await open()];
  await migrate(databases[0]!);
});
afterEach(async () => {
  for (const database of databases) await database.close();
  await cleanUp(dataDir);
});

async function open(): Promise<Database> {
  return openDatabase({ url: (await databaseEnvironment(dataDir))["WPP_DATABASE_URL"] ?? null, dataDir, poolSize: 4 });
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)]!;
}

function draft(): EventDraft {
  const type = pick(TYPES);
  const session = Math.floor(Math.random() * sessions.length);
  const origin = { tenantId: tenants[session % tenants.length]!, sessionId: sessions[session]! };
  if (type !== "message.failed" && type !== "message.expired") return sampleDraft(type, origin);
  return sampleDraft(type, origin, { error: { code: pick(CODES), detail: null } });
}

/** Appends events of the last hours, as many transactions of as many events. */
async function fillLog(transactions: number, events: number): Promise<void> {
  for (let n = 0; n < transactions; n++) {
    const at = Date.now() - Math.floor(Math.random() * 3 * BUCKETS.hour.length);
    await databases[0]!.transaction((sql) => appendEvents(sql, Array.from({ length: events }, draft), at));
  }
}

/** The counts that the log implies, by tenant, session, type and bucket of this length. */
async function recount(length: number): Promise<Map<string, number>> {
  const rows = await databases[0]!.all<{
    tenant_id: string;
    session_id: string;
    type: EventType;
    data: string;
    at: number;
  }>("SELECT tenant_id, session_id, type, data, at FROM events");
  const counts = new Map<string, number>();
  for (const { tenant_id: tenantId, session_id: sessionId, type, data, at } of rows) {
    if (NOT_COUNTED.has(type)) continue;
    const { error } = JSON.parse(data) as { error?: { code: string } };
    const key = [tenantId, sessionId, type.split(".")[1], error?.code ?? "", Math.floor(at / length) * length].join(
      " ",
    );
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

async function expectExact(): Promise<void> {
  for (const size of BUCKET_SIZES) {
    const rows = await databases[0]!.all<{
      tenant_id: string;
      session_id: string;
      metric: string;
      cause: string;
      start: number;
      count: number;
    }>("SELECT tenant_id, session_id, metric, cause, start, count FROM rollups WHERE size = $1", [size]);
    const counted = new Map(
      rows.map((row) => [[row.tenant_id, row.session_id, row.metric, row.cause, row.start].join(" "), row.count]),
    );
    const expected = await recount(BUCKETS[size].length);
    expect(counted.size).toBe(expected.size);
    expect([...expected].filter(([key, count]) => counted.get(key) !== count)).toEqual([]);
  }
}

async function untilCounted(): Promise<void> {
  const [last] = await databases[0]!.all<{ seq: number }>("SELECT max(seq) AS seq FROM events");
  await until(async () => {
    const [cursor] = await databases[0]!.all<{ position: number }>(
      "SELECT position FROM cursors WHERE name = 'analytics'",
    );
    return (cursor?.position ?? 0) >= last!.seq;
  }, 60_000);
}

/** Appends an event that is counted, so that the readers save the position of the last event. */
async function appendLast(): Promise<void> {
  const last = sampleDraft("message.sent", { tenantId: tenants[0]!, sessionId: sessions[0]! });
  await databases[0]!.transaction((sql) => appendEvents(sql, [last], Date.now()));
}

test("a reader whose transaction fails after counting counts nothing twice", async () => {
  await fillLog(20, 150);
  await appendLast();
  let tries = 0;
  const crashing = new Set([1, 2, 4]);
  let reported = 0;
  const counting = createCounting(
    (updates) =>
      (reported += updates.flatMap(({ data }) => Object.values(data.counts)).reduce((sum, count) => sum + count, 0)),
  );
  const reader = createDurableReader({
    database: databases[0]!,
    logger: silent,
    name: "analytics",
    gap: 0,
    onCommitted: counting.onCommitted!,
    prepare: async (events) => {
      const work = await counting.prepare(events);
      return async (sql) => {
        await work?.(sql);
        tries += 1;
        if (crashing.has(tries)) throw new Error("a crash after the counts, before the commit");
      };
    },
  });
  await reader.start();
  await until(() => (reader.wake(), tries > 4), 60_000);
  await untilCounted();
  await reader.stop();
  await expectExact();
  const [sum] = await databases[0]!.all<{ count: number }>(
    "SELECT CAST(sum(count) AS BIGINT) AS count FROM rollups WHERE size = 'hour'",
  );
  expect(reported).toBe(sum!.count);
}, 90_000);

test("replicas share the work while the log grows", async () => {
  const readers: EventReader[] = databases.map((database) =>
    createDurableReader({ database, logger: silent, name: "analytics", gap: 0, ...createCounting(() => undefined) }),
  );
  for (const reader of readers) await reader.start();
  for (let n = 0; n < 40; n++) {
    await fillLog(2, 60);
    for (const reader of readers) reader.wake();
  }
  await appendLast();
  await untilCounted();
  await Promise.all(readers.map((reader) => reader.stop()));
  await expectExact();
}, 90_000);

test("after three times kill -9 during counting, the counts match the log", async () => {
  await fillLog(60, 1_000);
  await appendLast();
  const position = async () =>
    (await databases[0]!.all<{ position: number }>("SELECT position FROM cursors WHERE name = 'analytics'"))[0]
      ?.position ?? 0;
  const kills: number[] = [];
  for (let n = 0; n < 3; n++) {
    const before = await position();
    const counting = await startProcess({ dataDir, environment: { WPP_SERVICES: "analytics" } });
    await until(async () => (await position()) > before + n * 6_000);
    await counting.end("SIGKILL");
    kills.push(await position());
  }
  const counting = await startProcess({ dataDir, environment: { WPP_SERVICES: "analytics" } });
  await untilCounted();
  await counting.end("SIGTERM");
  for (const position of kills) expect(position).toBeLessThan(60_000);
  await expectExact();
}, 180_000);
