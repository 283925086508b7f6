/**
 * Lists are read from a real standby. A client finds what it has just written, whether the standby has it or not, and
 * the primary answers when the standby is behind or away.
 */
import pg from "pg";
import { startStandby, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { freePort } from "../harness/port.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { until } from "../harness/system.ts";

const dataDir = makeDataDir();
let primary: PostgresServer;
let standby: PostgresServer;
let app: SystemProcess;
let api: TestClient;
let metricsPort: number;

beforeAll(async () => {
  primary = await startPostgres();
  [standby, metricsPort] = await Promise.all([startStandby(primary, "reader"), freePort()]);
  app = await startProcess({
    dataDir,
    environment: {
      WPP_DATABASE_URL: primary.url,
      WPP_DATABASE_READ_URL: standby.url,
      WPP_METRICS_PORT: String(metricsPort),
      WPP_SERVICES: "api-gateway,auth,tenant,session,message,webhook,analytics,sandbox",
    },
  });
  api = await registerTenant(app.origin);
  await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", driver: "light", autoStart: false });
}, 90_000);

afterAll(async () => {
  await app?.end("SIGKILL");
  await cleanUp(dataDir);
  await Promise.all([standby?.stop(), primary?.stop()]);
}, 60_000);

/** The value of a metric; 0 when it is not there yet. */
async function metric(line: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const found = text.split("\n").find((each) => each.startsWith(line));
  return found === undefined ? 0 : Number(found.split(" ").at(-1));
}

const reads = (from: "replica" | "primary") => metric(`db_replica_reads_total{from="${from}"`);

let sent = 0;
/** Queues a message and lists the messages at once; true when it is in the list. */
async function findsOwnWrite(): Promise<boolean> {
  const clientRef = `ref-${(sent += 1)}`;
  const body = { to: "+5511999990000", type: "text", text: clientRef, clientRef };
  await api.expect(202, "POST", "/sessions/main/messages", body);
  const { data } = await api.expect<{ data: unknown[] }>(200, "GET", `/messages?clientRef=${clientRef}`);
  return data.length === 1;
}

async function onStandby(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: standby.url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

test("the standby answers, and a client finds its own writes", async () => {
  for (let n = 0; n < 20; n += 1) expect(await findsOwnWrite()).toBe(true);
  expect(await reads("replica")).toBeGreaterThan(0);
  expect(await metric("db_replica_lag_seconds")).toBe(0);
});

test("while the standby is behind, the primary answers, and the metric shows how far", async () => {
  await onStandby("SELECT pg_wal_replay_pause()");
  const before = await reads("primary");
  for (let n = 0; n < 5; n += 1) expect(await findsOwnWrite()).toBe(true);
  expect(await reads("primary")).toBeGreaterThan(before);
  await until(async () => (await metric("db_replica_lag_seconds")) > 0, 20_000);
  await onStandby("SELECT pg_wal_replay_resume()");
  const onReplica = await reads("replica");
  await until(async () => (await findsOwnWrite()) && (await reads("replica")) > onReplica, 20_000);
}, 60_000);

test("without the standby, the primary answers", async () => {
  await standby.crash();
  for (let n = 0; n < 5; n += 1) expect(await findsOwnWrite()).toBe(true);
  expect(app.output()).toContain("the read replica failed");
  await standby.start();
  const onReplica = await reads("replica");
  await until(async () => (await findsOwnWrite()) && (await reads("replica")) > onReplica, 30_000);
}, 60_000);
