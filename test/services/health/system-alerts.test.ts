/**
 * Alerts end to end: when the event loop is blocked, the platform's administrators get the alert in the event log, on the
 * socket and by a signed webhook, and again when it is cleared. Other tenants do not.
 */
import type { EventEnvelope } from "../../../contracts/events.ts";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { dataOf } from "../../harness/events.ts";
import { closeSockets, connected, type Listener } from "../../harness/listener.ts";
import { startSystem, until, type System } from "../../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../harness/webhook-receiver.ts";

/** ms between two samples, and ms for which the loop is blocked. */
const INTERVAL = 300;
const BLOCKED = 700;

let system: System;
let admin: Account;
let tenant: Account;
let receivers: WebhookReceiver[];
let sockets: { admin: Listener; administration: Listener; tenant: Listener };

async function receive(account: Account): Promise<WebhookReceiver> {
  const receiver = await startWebhookReceiver();
  const made = await account.owner.expect<{ secret: string }>(201, "POST", "/webhooks", {
    url: receiver.url,
    events: ["*"],
  });
  receiver.trust(made.secret);
  return receiver;
}

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "event", "webhook", "health"],
    environment: { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0", WPP_SANDBOX: "off" },
    settings: { health: { interval: INTERVAL }, webhook: { retryDelays: [50], interval: 30, timeout: 5_000 } },
  });
  const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  admin = await registerTenant(system, "Platform", url.split("#")[1]!);
  tenant = await registerTenant(system, "Ordinary");
  receivers = [await receive(admin), await receive(tenant)];
  sockets = {
    admin: await connected(system, { token: admin.accessToken }),
    administration: await connected(system, { token: admin.accessToken }, "/admin"),
    tenant: await connected(system, { token: tenant.accessToken }),
  };
}, 60_000);

afterAll(async () => {
  closeSockets();
  for (const receiver of receivers ?? []) await receiver.close();
  await system?.stop();
});

const isSlowLoop = (event: EventEnvelope) => event.type === "system.alert" && event.data.name === "event_loop_slow";
const alertsIn = async (account: Account) =>
  (await account.owner.expect<{ data: EventEnvelope[] }>(200, "GET", "/events?types=system.*&limit=200")).data.filter(
    isSlowLoop,
  );
const alertsOn = (listener: Listener) =>
  listener.got.filter(({ name, event }) => name === "system:alert" && isSlowLoop(event)).map(({ event }) => event);

/** Blocks the event loop. */
function blockEventLoop(): void {
  const until = performance.now() + BLOCKED;
  while (performance.now() < until);
}

test("a blocked event loop raises an alert for the platform's administrators, and clears it", async () => {
  blockEventLoop();
  const [raised, ended] = await until(async () => {
    const alerts = await alertsIn(admin);
    return alerts.length >= 2 ? alerts : undefined;
  });
  expect(raised!.data).toMatchObject({
    name: "event_loop_slow",
    active: true,
    limit: 500,
    unit: "ms",
    node: system.broker.nodeID,
  });
  expect(dataOf(raised!)["value"]).toBeGreaterThan(500);
  expect(ended!.data).toMatchObject({ name: "event_loop_slow", active: false });
  for (const alert of [raised!, ended!]) {
    for (const socket of [sockets.admin, sockets.administration])
      expect(await until(() => alertsOn(socket).find(({ id }) => id === alert.id))).toEqual(alert);
    expect(await receivers[0]!.event(({ id }) => id === alert.id)).toEqual(alert);
  }
  expect(receivers[0]!.forged).toEqual([]);
});

test("other tenants do not receive it", async () => {
  // This event follows the alerts in the log, so they would have arrived before it.
  await tenant.owner.expect(201, "POST", "/sessions", { name: "later", network: "whatsapp" });
  await receivers[1]!.event(({ type }) => type === "session.created");
  await until(() => sockets.tenant.got.some(({ name }) => name === "session:created"));
  expect(await alertsIn(tenant)).toEqual([]);
  expect(sockets.tenant.got.map(({ name }) => name)).not.toContain("system:alert");
  expect(receivers[1]!.events.map(({ type }) => type)).not.toContain("system.alert");
  expect(receivers[1]!.forged).toEqual([]);
});
