/** Webhook endpoints: their subscriptions, secrets and allowed addresses. */
import { Webhook as Verifier } from "standardwebhooks";
import { createId } from "../../../contracts/ids.ts";
import type { Delivery } from "../../../contracts/routes/webhook.ts";
import { createKey, registerTenant } from "../../harness/accounts.ts";
import { startWebhookSystem, type WebhookSystem, type CreatedWebhook } from "../../harness/webhook-system.ts";
import { until } from "../../harness/system.ts";

interface Code {
  code: string;
}

let hooks: WebhookSystem;
beforeAll(async () => {
  hooks = await startWebhookSystem();
});
beforeEach(() => {
  hooks.received.length = 0;
});
afterAll(() => hooks.stop());

describe("an endpoint", () => {
  test("receives the event types and sessions of its subscription, from its creation on", async () => {
    const account = await registerTenant(hooks.system, "Choosy");
    const [session, now] = [createId("session"), Date.now()];
    await hooks.database.run(
      `INSERT INTO sessions (id, tenant_id, name, network, driver, auto_start, settings, metadata, state, reason,
         since, evidence, version, created_at, updated_at)
       VALUES ($1, $2, 'mine', 'sandbox', 'light', 0, '{}', '{}', 'stopped', 'created', $3, '{}', 1, $3, $3)`,
      [session, account.tenantId, now],
    );
    await hooks.append(account, "message.sent", {}, session);
    await until(() => Date.now() > now + 5);
    const body = { url: hooks.urlOf("/choosy"), events: ["message.*", "session.qr"], sessions: ["mine"] };
    const made = await account.owner.expect<CreatedWebhook>(201, "POST", "/webhooks", body);
    expect(made.sessions).toEqual([session]);
    await hooks.append(account, "message.sent");
    await hooks.append(account, "session.connected", {}, session);
    await hooks.append(account, "session.qr", {}, session);
    await hooks.append(account, "message.read", {}, session);
    await until(() => hooks.received.length === 2);
    expect(hooks.received.map(({ event }) => event.type).toSorted()).toEqual(["message.read", "session.qr"]);
    const everything = { since: new Date(now - 1_000).toISOString(), types: ["*"], only: "all" };
    expect(await account.owner.expect(202, "POST", `/webhooks/${made.id}/replay`, everything)).toEqual({
      scheduled: 4,
    });
    await until(() => hooks.received.length === 6);
    await account.owner.expect(422, "POST", "/webhooks", { ...body, sessions: ["not mine"] });
  });

  test("is signed with the previous secret too for a day after a rotation", async () => {
    const { account, made, emit } = await hooks.setUp("Rotated", "/rotated");
    const { secret } = await account.owner.expect<CreatedWebhook>(200, "POST", `/webhooks/${made.id}/rotate-secret`);
    expect(secret).not.toBe(made.secret);
    await emit("message.sent");
    const { headers, body } = await until(() => hooks.received[0]);
    for (const good of [secret, made.secret]) expect(new Verifier(good).verify(body, headers)).toBeDefined();
    await hooks.database.run("UPDATE webhooks SET previous_until = 0 WHERE id = $1", [made.id]);
    await emit("message.sent");
    const next = await until(() => hooks.received[1]);
    expect(() => new Verifier(made.secret).verify(next.body, next.headers)).toThrow(/signature/i);
  });

  test("can be tested immediately, with a single attempt whose result is returned", async () => {
    hooks.respond("/tried", (attempt) => ({ status: attempt === 1 ? 500 : 200, body: "x".repeat(3_000) }));
    const { account, made } = await hooks.setUp("Tried", "/tried");
    const first = await account.owner.expect<Delivery>(200, "POST", `/webhooks/${made.id}/test`);
    expect(first).toMatchObject({ status: "failed", eventType: "webhook.test", attempts: [{ status: 500 }] });
    expect(first.attempts[0]!.response).toHaveLength(1_024);
    expect(await account.owner.expect(200, "POST", `/webhooks/${made.id}/test`)).toMatchObject({ status: "delivered" });
    expect(hooks.attempts.get("/tried")).toBe(2);
  });

  test("does not send its headers to another server unless they are given again", async () => {
    const { account, made } = await hooks.setUp("Moving", "/moving", { headers: { "X-Token": "hush-hush" } });
    const change = (body: object) =>
      account.owner.ask<{ errors: { pointer: string }[] }>("PATCH", `/webhooks/${made.id}`, body);
    const refused = await change({ url: "http://127.0.0.1:8099/elsewhere" });
    expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([422, "/headers"]);
    expect((await change({ url: hooks.urlOf("/moved") })).status).toBe(200);
    expect((await change({ url: "http://127.0.0.1:8099/elsewhere", headers: {} })).status).toBe(200);
  });

  test("never reveals its secrets, and is visible to its tenant only", async () => {
    const { account, made } = await hooks.setUp("Discreet", "/discreet", { headers: { "X-Token": "hush-hush" } });
    const other = await registerTenant(hooks.system, "Nosy");
    const shown = JSON.stringify(await account.owner.expect(200, "GET", "/webhooks"));
    expect(shown).toContain("X-Token");
    expect(shown).not.toMatch(/whsec_|hush-hush/);
    const [row] = await hooks.database.all<Record<string, unknown>>("SELECT * FROM webhooks WHERE id = $1", [made.id]);
    expect(JSON.stringify(row)).not.toMatch(/whsec_|hush-hush/);
    for (const [method, path] of [
      ["GET", ""],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/test"],
      ["POST", "/rotate-secret"],
      ["GET", "/deliveries"],
    ] as const) {
      expect(
        (await other.owner.ask<Code>(method, `/webhooks/${made.id}${path}`, method === "PATCH" ? {} : undefined)).body
          .code,
      ).toBe("not_found");
    }
    const limited = await createKey(account, { scopes: ["webhook:read", "webhook:write"] });
    await limited.client.expect(200, "GET", `/webhooks/${made.id}`);
  });

  test.each([
    [{ url: "http://169.254.169.254/" }, "/url"],
    [{ url: "http://[fd00::1]/" }, "/url"],
    [{ url: "ftp://example.com/" }, "/url"],
    [{ url: "https://example.com/\r\nX: y" }, "/url"],
    [{ events: ["no.such"] }, "/events/0"],
    [{ headers: { Host: "x" } }, "/headers/Host"],
    [{ headers: { "User-Agent": "x" } }, "/headers/User-Agent"],
    [{ headers: { "webhook-signature": "x" } }, "/headers/webhook-signature"],
    [{ headers: { "X-A": "line\r\nbreak" } }, "/headers/X-A"],
  ])("with %j is refused", async (changes, pointer) => {
    const account = await registerTenant(hooks.system, `Refused${Math.random().toString(36).slice(2)}`);
    const { status, body } = await account.owner.ask<{ errors: { pointer: string }[] }>("POST", "/webhooks", {
      url: hooks.urlOf("/x"),
      events: ["*"],
      ...changes,
    });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });
});
