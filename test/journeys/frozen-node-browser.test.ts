/**
 * A session node, or its browser, hangs. While a node is frozen its page leaves WhatsApp, and only a new start
 * returns; a browser that is frozen does not keep its node from ending in order.
 */
import pg from "pg";
import type { Session } from "../../contracts/routes/session.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, makeDataDir, processesOn, startProcess, type SystemProcess } from "../harness/process.ts";
import { makePhone, pairSession } from "./pairing.ts";

const dataDir = makeDataDir();
let nats: NatsServer;
let postgres: PostgresServer;
let app: SystemProcess;
let node: SystemProcess;
let api: TestClient;
let databaseUrl: string;

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
  databaseUrl = await createDatabase(postgres.url);
  const environment = {
    WPP_NATS_URL: nats.url,
    WPP_DATABASE_URL: databaseUrl,
    WPP_MASTER_KEY: "a master key for this test alone, 32+",
    // Long enough that no other process ends the browser: the page has to do it.
    WPP_LEASE_TTL: "120",
    WPP_LEASE_RENEW: "0.5",
    WPP_LEASE_FENCE: "3",
  };
  const start = (name: string, services: string) =>
    startProcess({ dataDir, environment: { ...environment, WPP_NODE_ID: name, WPP_SERVICES: services } });
  app = await start("app", "api-gateway,auth,tenant,session,message,event,health,sandbox");
  node = await start("node-1", "session-node");
  api = await registerTenant(app.origin);
}, 90_000);

afterAll(async () => {
  await Promise.all([app, node].map((process) => process?.end("SIGKILL")));
  await cleanUp(dataDir);
  await Promise.all([nats?.stop(), postgres?.stop()]);
}, 60_000);

test("the device goes offline while the browser lives, and comes back with a new start only", async () => {
  const own = await makePhone(api, "Own");
  const before = await pairSession(api, "main", "browser", own);
  const isOnline = async () =>
    (await api.expect<SandboxPhone>(200, "GET", `/sandbox/phones/${own}`)).devices.some(({ connected }) => connected);
  expect(await isOnline()).toBe(true);
  process.kill(node.pid, "SIGSTOP");
  try {
    await api.until<SandboxPhone>(`/sandbox/phones/${own}`, ({ devices }) => devices.every((d) => !d.connected));
    expect(processesOn(`${dataDir}/profiles/${before.id}`).length).toBeGreaterThan(0);
    // The database still shows the frozen node's last word.
    expect((await api.expect<Session>(200, "GET", "/sessions/main")).epoch).toBe(before.epoch);
  } finally {
    process.kill(node.pid, "SIGCONT");
  }
  await api.until<SandboxPhone>(
    `/sandbox/phones/${own}`,
    ({ devices }) => devices.some(({ connected }) => connected),
    60_000,
  );
  const after = await api.until<Session>("/sessions/main", ({ state }) => state === "connected");
  expect(after).toMatchObject({ me: before.me, epoch: before.epoch + 1 });
}, 150_000);

test("a node whose browser hangs ends in order: its lease ends, and nothing of it is left", async () => {
  const { id } = await api.until<Session>("/sessions/main", ({ state }) => state === "connected");
  const profile = `${dataDir}/profiles/${id}`;
  for (const pid of processesOn(profile)) process.kill(pid, "SIGSTOP");
  expect(await node.end("SIGTERM")).toBe(0);
  expect(processesOn(profile)).toEqual([]);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT status, dead_reason FROM nodes ORDER BY started_at DESC LIMIT 1");
  expect(rows).toEqual([{ status: "dead", dead_reason: "stopped" }]);
  const owned = await client.query("SELECT 1 FROM placements WHERE owner_incarnation IS NOT NULL");
  expect(owned.rows).toEqual([]);
  await client.end();
}, 60_000);
