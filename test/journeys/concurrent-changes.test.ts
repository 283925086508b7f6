/**
 * Concurrent requests for the same resource: quotas hold, no change is lost or refused because of another, and each
 * response is a documented one.
 */
import { randomBytes } from "node:crypto";
import type { Session } from "../../contracts/routes/session.ts";
import { OPEN, PASSWORD, registerTenant, type Account } from "../harness/accounts.ts";
import type { Answer } from "../harness/client.ts";
import { startSystem, type System } from "../harness/system.ts";

let system: System;
let platform: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "webhook", "message", "sandbox"],
    environment: { ...OPEN, WPP_THREADS: "0" },
  });
  const { setupToken } = system.broker.getLocalService("auth") as unknown as { setupToken: string };
  platform = await registerTenant(system, "Platform", setupToken);
});
afterAll(() => system.stop());

/** Sends eight requests at the same time and counts their responses by code or status. */
async function concurrently(
  ask: (index: number) => Promise<Answer<Record<string, unknown>>>,
): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: 8 }, (_none, index) => ask(index)));
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = typeof body["code"] === "string" ? body["code"] : String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

test("quotas hold for concurrent requests", async () => {
  const { owner, tenantId } = await registerTenant(system, "Quota");
  await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, {
    quotas: { users: 4, apiKeys: 3, sessions: 3, webhooks: 3 },
  });
  const expected = { 201: 3, quota_exceeded: 5 };
  const user = (n: number) => ({ email: `user${n}@quota.test`, name: "User", role: "viewer", password: PASSWORD });
  expect(await concurrently((n) => owner.ask("POST", "/users", user(n)))).toEqual(expected);
  expect(
    await concurrently((n) => owner.ask("POST", "/api-keys", { name: `key ${n}`, scopes: ["message:read"] })),
  ).toEqual(expected);
  expect(
    await concurrently((n) => owner.ask("POST", "/sessions", { name: `session-${n}`, network: "sandbox" })),
  ).toEqual(expected);
  expect(
    await concurrently((n) => owner.ask("POST", "/webhooks", { url: `https://example.com/${n}`, events: ["*"] })),
  ).toEqual(expected);
});

test("expired keys and deleted sessions no longer count towards a quota", async () => {
  const { owner, tenantId } = await registerTenant(system, "Freed");
  await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { quotas: { apiKeys: 1, sessions: 1 } });
  const key = { name: "short", scopes: ["message:read"], expiresAt: new Date(Date.now() + 300).toISOString() };
  await owner.expect(201, "POST", "/api-keys", key);
  await owner.until<{ apiKeys: { used: number } }>("/tenant/usage", ({ apiKeys }) => apiKeys.used === 0);
  await owner.expect(201, "POST", "/api-keys", { name: "next", scopes: ["message:read"] });
  await owner.expect(201, "POST", "/sessions", { name: "first", network: "sandbox" });
  await owner.expect(204, "DELETE", "/sessions/first");
  await owner.expect(201, "POST", "/sessions", { name: "second", network: "sandbox" });
  expect(await owner.expect(200, "GET", "/tenant/usage")).toMatchObject({ sessions: { used: 1, limit: 1 } });
});

test("media are stored up to the plan's quota, by upload and in sends", async () => {
  const { owner, tenantId } = await registerTenant(system, "Storage");
  await platform.owner.expect(200, "PATCH", `/tenants/${tenantId}`, { quotas: { storageMb: 1 } });
  await owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  const upload = (bytes: number) => {
    const form = new FormData();
    form.append("file", new Blob([randomBytes(bytes)]), "file.bin");
    return owner.ask("POST", "/uploads", form);
  };
  const full = { status: 429, code: "quota_exceeded", facts: { quota: "storageMb", limit: 1 } };
  expect((await upload(700_000)).status).toBe(201);
  expect((await upload(700_000)).body).toMatchObject(full);
  const media = { base64: randomBytes(400_000).toString("base64") };
  expect(
    (await owner.ask("POST", "/sessions/main/messages", { to: "+15550100001", type: "document", media })).body,
  ).toMatchObject(full);
  expect((await upload(300_000)).status).toBe(201);
});

describe("changes without If-Match", () => {
  test("are all applied, each to the current state", async () => {
    const { owner } = await registerTenant(system, "Changes");
    await owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
    const { id } = await owner.expect<{ id: string }>(201, "POST", "/webhooks", {
      url: "https://example.com",
      events: ["*"],
    });
    const settings = [{ minGapMs: 5 }, { jitterMs: 5 }, { deviceName: "D" }, { rejectMedia: true }];
    expect(await concurrently((n) => owner.ask("PATCH", "/sessions/main", { settings: settings[n % 4] }))).toEqual({
      200: 8,
    });
    expect(await owner.expect(200, "GET", "/sessions/main")).toMatchObject({
      settings: { minGapMs: 5, jitterMs: 5, deviceName: "D", rejectMedia: true },
    });
    expect(
      await concurrently((n) =>
        owner.ask("PATCH", "/tenant", { settings: n % 2 === 0 ? { country: "BR" } : { timezone: "Europe/Berlin" } }),
      ),
    ).toEqual({
      200: 8,
    });
    expect(await owner.expect(200, "GET", "/tenant")).toMatchObject({
      settings: { country: "BR", timezone: "Europe/Berlin" },
    });
    expect(await concurrently(() => owner.ask("POST", `/webhooks/${id}/rotate-secret`))).toEqual({ 200: 8 });
    expect(await concurrently(() => owner.ask("DELETE", `/webhooks/${id}`))).toEqual({ 204: 1, not_found: 7 });
  });

  test("give a name to one session only", async () => {
    const { owner } = await registerTenant(system, "Names");
    for (const name of ["one", "two", "three"])
      await owner.expect(201, "POST", "/sessions", { name, network: "sandbox" });
    const { data } = await owner.expect<{ data: Session[] }>(200, "GET", "/sessions");
    const counts = await concurrently((n) => owner.ask("PATCH", `/sessions/${data[n % 3]!.id}`, { name: "same" }));
    expect(Object.keys(counts).sort()).toEqual(["200", "name_taken"]);
    expect(await concurrently(() => owner.ask("DELETE", "/sessions/same"))).toEqual({ 204: 1, not_found: 7 });
  });
});

test("a local number is completed with the country of the session or the tenant, in sends and in filters", async () => {
  const { owner } = await registerTenant(system, "Local");
  await owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  await owner.expect(200, "PATCH", "/tenant", { settings: { country: "BR" } });
  const send = (to: string) =>
    owner.expect<{ chat: { phone: string } }>(202, "POST", "/sessions/main/messages", { to, type: "text", text: "x" });
  const count = async (path: string) => (await owner.expect<{ data: unknown[] }>(200, "GET", path)).data.length;
  expect((await send("11 98765-4321")).chat.phone).toBe("+5511987654321");
  expect(await count("/sessions/main/messages?chat=11987654321")).toBe(1);
  expect(await count("/sessions/main/chats/11987654321/messages")).toBe(1);
  await owner.expect(200, "PATCH", "/sessions/main", { settings: { country: "DE" } });
  expect((await send("01512 3456789")).chat.phone).toBe("+4915123456789");
  expect(await count("/sessions/main/messages?chat=015123456789")).toBe(1);
});
