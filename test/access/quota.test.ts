/**
 * The event `quota.threshold`: once when a tenant reaches 80 %, once at 100 %, in the transaction of what was added.
 */
import { randomBytes } from "node:crypto";
import type { EventEnvelope } from "../../contracts/events.ts";
import { OPEN, registerTenant, type Account } from "../harness/accounts.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { startWebhookReceiver } from "../harness/webhook-receiver.ts";

let system: System;
let platform: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "message", "event", "webhook"],
    environment: { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0", WPP_SANDBOX: "off" },
  });
  const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  platform = await registerTenant(system, "Platform", url.split("#")[1]!);
}, 60_000);

afterAll(() => system?.stop());

async function tenantWith(name: string, quotas: object): Promise<Account> {
  const account = await registerTenant(system, name);
  await platform.owner.expect(200, "PATCH", `/tenants/${account.tenantId}`, { quotas });
  return account;
}

type ThresholdEvent = Extract<EventEnvelope, { type: "quota.threshold" }>;

const thresholdsOf = async ({ owner }: Account) =>
  (await owner.expect<{ data: ThresholdEvent[] }>(200, "GET", "/events?types=quota.*")).data.map(({ data }) => data);
const addKey = ({ owner }: Account, name: string) => owner.ask("POST", "/api-keys", { name, scopes: ["message:read"] });

test("each crossing is one event, also for concurrent requests, and reaches a webhook", async () => {
  const tenant = await tenantWith("Keys", { apiKeys: 5 });
  const receiver = await startWebhookReceiver();
  try {
    const { secret } = await tenant.owner.expect<{ secret: string }>(201, "POST", "/webhooks", {
      url: receiver.url,
      events: ["quota.threshold"],
    });
    receiver.trust(secret);
    for (const name of ["a", "b", "c"]) expect((await addKey(tenant, name)).status).toBe(201);
    expect(await thresholdsOf(tenant)).toEqual([]);
    const answers = await Promise.all(["d", "e", "f", "g"].map((name) => addKey(tenant, name)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 429, 429]);
    const expected = [
      { quota: "apiKeys", limit: 5, used: 4, percent: 80 },
      { quota: "apiKeys", limit: 5, used: 5, percent: 100 },
    ];
    expect(await thresholdsOf(tenant)).toEqual(expected);
    await receiver.event(({ data }) => "percent" in data && data.percent === 100);
    expect(receiver.events.map(({ data }) => data)).toEqual(expected);
    const [key] = (await tenant.owner.expect<{ data: { id: string }[] }>(200, "GET", "/api-keys")).data;
    await tenant.owner.expect(204, "DELETE", `/api-keys/${key!.id}`);
    expect((await addKey(tenant, "h")).status).toBe(201);
    expect(await thresholdsOf(tenant)).toEqual([...expected, expected[1]]);
  } finally {
    await receiver.close();
  }
});

test("sessions, users and webhooks are counted alike; what was rolled back is not reported", async () => {
  const tenant = await tenantWith("Others", { sessions: 1, users: 2, webhooks: 1 });
  await tenant.owner.expect(201, "POST", "/sessions", { name: "main", network: "whatsapp" });
  await tenant.owner.expect(201, "POST", "/webhooks", { url: "https://example.com", events: ["*"] });
  const user = { name: "Second", role: "viewer", password: "correct horse battery" };
  const taken = { ...user, email: tenant.email };
  expect((await tenant.owner.ask("POST", "/users", taken)).status).toBe(409);
  expect((await thresholdsOf(tenant)).map(({ quota }) => quota)).toEqual(["sessions", "webhooks"]);
  await tenant.owner.expect(201, "POST", "/users", { ...taken, email: "second@others.test" });
  expect(await thresholdsOf(tenant)).toContainEqual({ quota: "users", limit: 2, used: 2, percent: 100 });
});

test("stored media: once per crossing, not at every upload", async () => {
  const tenant = await tenantWith("Storage", { storageMb: 1 });
  const upload = async (bytes: number) => {
    const form = new FormData();
    form.append("file", new Blob([randomBytes(bytes)]), "file.bin");
    return (await tenant.owner.ask("POST", "/uploads", form)).status;
  };
  expect(await upload(600_000)).toBe(201);
  expect(await thresholdsOf(tenant)).toEqual([]);
  expect(await upload(300_000)).toBe(201);
  expect(await upload(1_000)).toBe(201);
  expect(await upload(900_000)).toBe(429);
  await until(async () => (await thresholdsOf(tenant)).length > 0);
  expect(await thresholdsOf(tenant)).toEqual([{ quota: "storageMb", limit: 1, used: 1, percent: 80 }]);
});
