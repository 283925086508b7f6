/** Metrics of failures: a killed process, and NATS down and up again; and of backups. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backup } from "../../contracts/routes/backup.ts";
import type { Health } from "../../contracts/routes/health.ts";
import { TestClient } from "../harness/client.ts";
import { parseExposition, valueOf } from "../harness/exposition.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { freePort } from "../harness/port.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { connected, makePhone, pairSession } from "../journeys/pairing.ts";

const dataDir = makeDataDir();
let system: SystemProcess;
let nats: NatsServer;
let natsPort = 0;
let metricsPort = 0;
let api: TestClient;

const start = () =>
  startProcess({
    dataDir,
    environment: {
      WPP_METRICS_PORT: String(metricsPort),
      WPP_NATS_URL: `nats://127.0.0.1:${natsPort}`,
      WPP_NODE_ID: "only",
    },
  });

async function read(name: string, labels: Record<string, string> = {}): Promise<number> {
  return valueOf(parseExposition(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()), name, labels);
}

const becomes = (value: number, name: string, labels: Record<string, string> = {}) =>
  until(async () => (await read(name, labels)) === value, 25_000);

beforeAll(async () => {
  [natsPort, metricsPort] = [await freePort(), await freePort()];
  nats = await startNats(natsPort);
  system = await start();
  const setupToken = readFileSync(join(dataDir, "first-run.txt"), "utf8").split("#")[1]!.trim();
  const body = {
    tenantName: "Platform",
    name: "Admin",
    email: "admin@metrics.test",
    password: "correct horse battery",
    setupToken,
  };
  const { accessToken } = await new TestClient(system.origin).expect<{ accessToken: string }>(
    201,
    "POST",
    "/auth/register",
    body,
  );
  api = new TestClient(system.origin, { authorization: `Bearer ${accessToken}` });
}, 90_000);

afterAll(async () => {
  await system?.end("SIGTERM");
  await nats?.stop();
  await cleanUp(dataDir);
}, 60_000);

test("the times of the latest backup and its verification", async () => {
  const { id } = await api.expect<Backup>(202, "POST", "/backups", {});
  const backup = await api.until<Backup>(`/backups/${id}`, ({ verifiedAt }) => verifiedAt !== null, 60_000);
  await becomes(Date.parse(backup.verifiedAt!) / 1_000, "backup_last_verified_timestamp_seconds");
  expect(await read("backup_last_success_timestamp_seconds")).toBeLessThanOrEqual(
    Date.parse(backup.verifiedAt!) / 1_000,
  );
  expect(await read("disk_free_bytes", { volume: "backups" })).toBeGreaterThan(0);
}, 120_000);

test("NATS goes down and comes back", async () => {
  expect(await read("nats_connected")).toBe(1);
  expect(await read("nats_reconnects_total")).toBe(0);
  await nats.stop();
  await becomes(0, "nats_connected");
  const { checks } = (await api.ask<Health>("GET", "root:/health")).body;
  expect(checks?.["transporter:connection"]).toEqual([
    expect.objectContaining({ status: "fail", observedValue: "away" }),
  ]);
  nats = await startNats(natsPort);
  await becomes(1, "nats_reconnects_total");
  expect(await read("nats_connected")).toBe(1);
});

test("after a kill the next process counts the takeover of the session", async () => {
  await pairSession(api, "main", "light", await makePhone(api, "own"));
  expect(await read("wa_session_takeovers_total")).toBe(0);
  await system.end("SIGKILL");
  system = await start();
  api = new TestClient(system.origin, { authorization: await signIn() });
  await connected(api, "main");
  await becomes(1, "wa_session_takeovers_total");
  await becomes(1, "wa_session_start_duration_seconds_count");
  await becomes(1, "wa_node_fenced_total", { reason: "host-lock" });
  await becomes(1, "wa_session_state", { state: "connected" });
  expect(await read("wa_qr_generated_total")).toBe(0);
}, 120_000);

async function signIn(): Promise<string> {
  const body = { email: "admin@metrics.test", password: "correct horse battery" };
  return `Bearer ${(await new TestClient(system.origin).expect<{ accessToken: string }>(200, "POST", "/auth/login", body)).accessToken}`;
}
