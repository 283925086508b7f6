/** Metrics of a running system: after known requests, messages and failures each counter has an exact value. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { io, type Socket } from "socket.io-client";
import type { Message } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { METRICS } from "../../metrics/metrics-table.ts";
import { TestClient } from "../harness/client.ts";
import { parseExposition, valueOf, type Family } from "../harness/exposition.ts";
import { freePort } from "../harness/port.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../harness/webhook-receiver.ts";
import { makePhone, pairSession } from "../journeys/pairing.ts";

const OWNER = { tenantName: "Metrics", name: "Owner", email: "owner@metrics.test", password: "correct horse battery" };
/** Not on WhatsApp. */
const NOT_ON_WHATSAPP = "+15550000001";
const isPostgres = (globalThis as { TEST_DATABASE?: string }).TEST_DATABASE === "postgres";

/** Metrics without values in this test, or on this database. */
const ELSEWHERE = [
  "backup_last_success_timestamp_seconds",
  "backup_last_verified_timestamp_seconds",
  "chromium_memory_bytes",
  "nats_connected",
  "nats_reconnects_total",
  "wa_epoch_rejections_total",
  "wa_node_fenced_total",
  "wa_reconcile_total",
  "wa_session_start_duration_seconds",
  "wa_unknown_shapes_total",
  "db_replica_lag_seconds",
  "db_replica_reads_total",
  ...(isPostgres ? [] : ["db_pool_used", "db_pool_waiting", "db_xmin_horizon_age_seconds"]),
];

const dataDir = makeDataDir();
let system: SystemProcess;
let webhook: WebhookReceiver;
let socket: Socket;
let metricsPort = 0;
let anyone: TestClient;
let api: TestClient;
let phone = "";
let requests = 0;
let received = 0;

const countRequest = (message: unknown) => {
  const { origin } = (message as { request: { origin: string | URL } }).request;
  if (String(origin).replace(/\/$/, "") === system.origin) requests += 1;
};

async function scrape(): Promise<Map<string, Family>> {
  const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return parseExposition(await answer.text());
}

type Expected = readonly (readonly [name: string, labels: Record<string, string>, value: number])[];

/** Waits until all of these have their values; reports those that do not. */
async function expectValues(expected: Expected, milliseconds = 20_000): Promise<Map<string, Family>> {
  let last = new Map<string, Family>();
  const read = (): Expected => expected.map(([name, labels]) => [name, labels, valueOf(last, name, labels)]);
  await until(async () => {
    last = await scrape();
    return JSON.stringify(read()) === JSON.stringify(expected);
  }, milliseconds).catch(() => expect(read()).toEqual(expected));
  return last;
}

const send = (body: object) =>
  api.expect<Message>(202, "POST", "/sessions/main/messages", { type: "text", text: "x", ...body });
const settled = (id: string, status: string) =>
  api.until<Message>(`/messages/${id}`, (message) => message.status === status);

beforeAll(async () => {
  metricsPort = await freePort();
  const environment = {
    WPP_METRICS_PORT: String(metricsPort),
    WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
    WPP_COMMIT: "0123abc",
  };
  system = await startProcess({ dataDir, environment });
  subscribe("undici:request:create", countRequest);
  anyone = new TestClient(system.origin);
  webhook = await startWebhookReceiver();
}, 60_000);

afterAll(async () => {
  unsubscribe("undici:request:create", countRequest);
  socket?.close();
  await webhook?.close();
  await system?.end("SIGTERM");
  await cleanUp(dataDir);
}, 60_000);

test("a session that is paired", async () => {
  const { accessToken } = await anyone.expect<{ accessToken: string }>(201, "POST", "/auth/register", OWNER);
  api = anyone.with({ authorization: `Bearer ${accessToken}` });
  const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
    name: "socket",
    scopes: ["event:read", "message:read"],
  });
  socket = io(system.origin, { transports: ["websocket"], auth: { apiKey: key }, reconnection: false });
  socket.onAny(() => (received += 1));
  await until(() => socket.connected);
  await pairSession(api, "main", "light", await makePhone(api, "own"));
  phone = await makePhone(api, "customer");
  await expectValues([
    ["wa_session_starts_total", { result: "started" }, 1],
    ["wa_qr_generated_total", {}, 1],
    ["wa_session_takeovers_total", {}, 0],
    ["ws_connections", { namespace: "/" }, 1],
    ["http_requests_total", { route: "/auth/register", method: "POST", status_class: "2xx" }, 1],
    ["http_request_duration_seconds_count", { route: "/auth/register", method: "POST" }, 1],
    ["wa_session_state", { state: "connected" }, 1],
    ["wa_session_state", { state: "qr" }, 0],
    ["wa_sessions", { phase: "running" }, 1],
    ["wa_sessions_unowned", {}, 0],
  ]);
});

test("sent, refused and cancelled messages; webhooks that fail, are delivered, and are gone", async () => {
  const body = { url: webhook.url, events: ["message.sent", "message.failed"] };
  const made = await api.expect<{ id: string; secret: string }>(201, "POST", "/webhooks", body);
  webhook.trust(made.secret);
  webhook.fail(1, 500);
  const first = await send({ to: phone });
  await webhook.event(({ type, data }) => type === "message.sent" && data["messageId"] === first.id);
  const refused = await send({ to: NOT_ON_WHATSAPP, priority: "high" });
  await settled(refused.id, "failed");
  await webhook.event(({ type }) => type === "message.failed");
  webhook.fail(1, 410);
  const last = await send({ to: phone });
  await settled(last.id, "delivered");
  await api.until<{ status: string }>(`/webhooks/${made.id}`, ({ status }) => status === "disabled");
  const planned = await send({ to: phone, priority: "low", sendAt: new Date(Date.now() + 3_600_000).toISOString() });
  await expectValues([["wa_queue_depth", { status: "scheduled", priority: "any" }, 1]]);
  await api.expect(200, "POST", `/messages/${planned.id}/cancel`);
  const families = await expectValues([
    ["wa_messages_accepted_total", { kind: "text", priority: "normal" }, 2],
    ["wa_messages_accepted_total", { kind: "text", priority: "high" }, 1],
    ["wa_messages_accepted_total", { kind: "text", priority: "low" }, 1],
    ["wa_send_attempts_total", { result: "sent" }, 2],
    ["wa_send_attempts_total", { result: "rejected" }, 1],
    ["wa_send_attempts_total", {}, 3],
    ["wa_send_duration_seconds_count", { kind: "text" }, 2],
    ["wa_accept_to_sent_seconds_count", { priority: "normal" }, 2],
    ["wa_messages_finished_total", { status: "sent", code: "" }, 2],
    ["wa_messages_finished_total", { status: "failed", code: "number_not_on_whatsapp" }, 1],
    ["wa_messages_finished_total", { status: "cancelled" }, 1],
    ["wa_messages_finished_total", {}, 4],
    ["webhook_attempts_total", { result: "failed" }, 1],
    ["webhook_attempts_total", { result: "delivered" }, 2],
    ["webhook_attempts_total", { result: "gone" }, 1],
    ["webhook_attempts_total", {}, 4],
    ["webhook_duration_seconds_count", {}, 4],
    ["webhook_endpoints_disabled_total", { reason: "gone" }, 1],
    ["webhook_ssrf_blocked_total", {}, 0],
    ["webhook_backlog", {}, 0],
    ["wa_queue_depth", {}, 0],
  ]);
  expect(valueOf(families, "db_query_duration_seconds_count", { op: "transaction" })).toBeGreaterThan(5);
});

test("refused credentials, permissions and limits", async () => {
  for (const status of [401, 401, 401, 401, 401, 429]) {
    expect((await anyone.ask("POST", "/auth/login", { email: OWNER.email, password: "not the password" })).status).toBe(
      status,
    );
  }
  expect((await anyone.with({ authorization: "Bearer none" }).ask("GET", "/sessions")).status).toBe(401);
  expect((await anyone.with({ "x-api-key": "wpp_none_none" }).ask("GET", "/sessions")).status).toBe(401);
  const { key } = await api.expect<{ key: string }>(201, "POST", "/api-keys", {
    name: "narrow",
    scopes: ["session:read"],
  });
  expect((await anyone.with({ "x-api-key": key }).ask("POST", "/sessions", { name: "more" })).status).toBe(403);
  const { email, ...rest } = OWNER;
  const { refreshToken } = await anyone.expect<{ refreshToken: string }>(201, "POST", "/auth/register", {
    ...rest,
    email: `second-${email}`,
  });
  const refresh = (token: string) =>
    anyone.ask<{ refreshToken: string }>("POST", "/auth/refresh", { refreshToken: token });
  const second = (await refresh(refreshToken)).body.refreshToken;
  await refresh(second);
  expect((await refresh(refreshToken)).status).toBe(401);
  let refused = 0;
  while ((await refresh("none")).status !== 429) refused += 1;
  expect(refused).toBeGreaterThan(250);
  await expectValues([
    ["auth_failures_total", { kind: "password" }, 5],
    ["auth_failures_total", { kind: "token" }, 1],
    ["auth_failures_total", { kind: "api_key" }, 1],
    ["auth_failures_total", { kind: "refresh" }, refused],
    ["authz_denied_total", {}, 1],
    ["refresh_reuse_total", {}, 1],
    ["ratelimited_total", { policy: "login" }, 1],
    ["ratelimited_total", { policy: "address" }, 1],
    ["ratelimited_total", {}, 2],
    ["http_requests_total", { route: "/auth/refresh", status_class: "4xx" }, refused + 2],
  ]);
});

test("a session that loses its device", async () => {
  const { me } = await api.expect<Session>(200, "GET", "/sessions/main");
  await api.expect(204, "POST", `/sandbox/phones/${me!.phone!.replace("+", "")}/logout`, {});
  await api.until<Session>("/sessions/main", ({ state }) => state === "logged_out");
  await expectValues([
    ["wa_session_disconnects_total", { reason: "logged_out_on_phone" }, 1],
    ["wa_session_disconnects_total", {}, 1],
    ["wa_logged_out_total", { reason: "logged_out_on_phone" }, 1],
    ["wa_session_state", { state: "connected" }, 0],
    ["wa_conflicts_total", {}, 0],
  ]);
});

test("every request and every pushed event is counted once", async () => {
  await expectValues([
    ["http_requests_total", {}, requests],
    ["http_request_duration_seconds_count", {}, requests],
    ["http_requests_in_flight", {}, 0],
  ]);
  // Events are still being pushed: analytics follow the end of a session.
  await until(async () => valueOf(await scrape(), "ws_events_sent_total") === received);
  expect(requests).toBeGreaterThan(300);
  expect(received).toBeGreaterThan(5);
  socket.close();
  await expectValues([["ws_connections", {}, 0]]);
});

test("everything exported is valid, in the table, and has bounded labels", async () => {
  const families = await scrape();
  const table = new Map(Object.entries(METRICS));
  for (const { name, type, help, samples } of families.values()) {
    if (name.startsWith("moleculer_")) continue;
    expect({ name, type, help }).toEqual({ name, type: table.get(name)?.type, help: table.get(name)?.help });
    for (const { labels } of samples)
      expect(Object.keys(labels).filter((label) => label !== "le")).toEqual([...table.get(name)!.labels]);
  }
  expect([...table.keys()].filter((name) => !families.has(name)).toSorted()).toEqual(ELSEWHERE.toSorted());
  const values = [...families.values()].flatMap(({ samples }) =>
    samples.flatMap(({ labels }) => Object.values(labels)),
  );
  expect(values.filter((value) => /\d{6,}|(?:ses|msg|ten|usr|key|whk)_/.test(value))).toEqual([]);
  expect(valueOf(families, "build_info", { commit: "0123abc" })).toBe(1);
  expect(families.get("moleculer_request_time")?.type).toBe("histogram");
});

test("metrics are not on the public port", async () => {
  expect((await api.ask("GET", "root:/metrics")).status).toBe(404);
});
