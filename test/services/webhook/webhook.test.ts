/** Deliveries: signed, retried until accepted, also across a restart. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook as Verifier } from "standardwebhooks";
import { EVENTS, exampleOf } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Webhook } from "../../../contracts/routes/webhook.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { registerTenant } from "../../harness/accounts.ts";
import {
  appendTo,
  deliveriesOf,
  settled,
  startWebhookSystem,
  WEBHOOK_OPTIONS,
  type WebhookSystem,
  type CreatedWebhook,
} from "../../harness/webhook-system.ts";
import { startSystem, until } from "../../harness/system.ts";

let hooks: WebhookSystem;
beforeAll(async () => {
  hooks = await startWebhookSystem();
});
beforeEach(() => {
  hooks.received.length = 0;
});
afterAll(() => hooks.stop());

describe("a delivery", () => {
  test("is signed according to the specification, and carries the endpoint's own headers", async () => {
    const { account, made, emit } = await hooks.setUp("Signing", "/signing", {
      headers: { Authorization: "Bearer of-theirs" },
    });
    const eventId = await emit("message.received");
    const { headers, body, event } = await until(() => hooks.received[0]);
    expect(new Verifier(made.secret).verify(body, headers)).toEqual(event);
    expect(event).toMatchObject({
      id: eventId,
      type: "message.received",
      tenantId: account.tenantId,
      data: EVENTS["message.received"].example,
    });
    expect([headers["webhook-id"], headers["content-type"], headers.authorization]).toEqual([
      eventId,
      "application/json",
      "Bearer of-theirs",
    ]);
    expect(() => new Verifier(made.secret).verify(`${body} `, headers)).toThrow(/signature/i);
    const delivery = await settled(account, made.id, "delivered");
    expect(delivery).toMatchObject({ eventId, attempts: [{ status: 204 }], nextAttemptAt: null });
  });

  test("is retried until accepted, with the same id and a new timestamp", async () => {
    hooks.respond("/retry", (attempt) =>
      attempt < 3 ? { status: 503, body: "busy" } : { status: 200, body: "thanks" },
    );
    const { account, made, emit } = await hooks.setUp("Retrying", "/retry");
    const eventId = await emit("message.sent");
    const delivery = await settled(account, made.id, "delivered");
    expect(delivery.attempts.map(({ status, response }) => [status, response])).toEqual([
      [503, "busy"],
      [503, "busy"],
      [200, "thanks"],
    ]);
    expect(new Set(hooks.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([eventId]));
    const { failingSince } = await account.owner.expect<Webhook>(200, "GET", `/webhooks/${made.id}`);
    expect(failingSince).toBeNull();
  });

  test("fails after the last attempt, and can be restarted by hand or by a replay of failures", async () => {
    hooks.respond("/broken", (attempt) => ({ status: attempt <= 4 ? 500 : 204 }));
    const { account, made, emit } = await hooks.setUp("Broken", "/broken");
    await emit("message.sent");
    const failed = await settled(account, made.id, "failed");
    expect(failed.attempts).toHaveLength(4);
    await account.owner.expect(202, "POST", `/deliveries/${failed.id}/retry`);
    await settled(account, made.id, "delivered");
    hooks.attempts.set("/broken", 0);
    await emit("message.read");
    await settled(account, made.id, "failed");
    const replayed = await account.owner.expect<{ scheduled: number }>(202, "POST", `/webhooks/${made.id}/replay`, {
      since: new Date(Date.now() - 60_000).toISOString(),
      only: "failed",
    });
    expect(replayed.scheduled).toBe(1);
    await until(async () => (await deliveriesOf(account, made.id)).every(({ status }) => status === "delivered"));
  });

  test("waits as long as Retry-After asks", async () => {
    hooks.respond("/later", (attempt) =>
      attempt === 1 ? { status: 429, headers: { "retry-after": "1" } } : { status: 204 },
    );
    const { account, made, emit } = await hooks.setUp("Later", "/later");
    await emit("message.sent");
    const delivery = await settled(account, made.id, "delivered");
    const [first, second] = delivery.attempts.map(({ at }) => Date.parse(at));
    expect(second! - first!).toBeGreaterThanOrEqual(950);
  });

  test("fails when the answer never ends, redirects, or the receiver is unreachable", async () => {
    hooks.respond("/redirecting", () => ({ status: 302, headers: { location: hooks.urlOf("/secret") } }));
    const { account, made, emit } = await hooks.setUp("Redirected", "/redirecting");
    await emit("message.sent");
    expect((await settled(account, made.id, "failed")).attempts[0]).toMatchObject({ status: 302 });
    expect(hooks.attempts.has("/secret")).toBe(false);
  });

  test("disables the endpoint on 410, emits an event and fails what is pending", async () => {
    hooks.respond("/gone", () => ({ status: 410 }));
    const { account, made, emit } = await hooks.setUp("Gone", "/gone");
    const watcher = await account.owner.expect<CreatedWebhook>(201, "POST", "/webhooks", {
      url: hooks.urlOf("/watch"),
      events: ["webhook.*"],
    });
    await emit("message.sent");
    await until(() => hooks.received.find(({ event }) => event.type === "webhook.disabled"));
    expect(await account.owner.expect(200, "GET", `/webhooks/${made.id}`)).toMatchObject({
      status: "disabled",
      disabledReason: "gone",
    });
    await account.owner.expect(409, "POST", `/webhooks/${made.id}/replay`, { since: new Date(0).toISOString() });
    await account.owner.expect(200, "PATCH", `/webhooks/${made.id}`, { status: "enabled" });
    expect((await deliveriesOf(account, watcher.id))[0]).toMatchObject({ eventType: "webhook.disabled" });
  });

  test("disables an endpoint that has failed for five days", async () => {
    hooks.respond("/dead", () => ({ status: 500 }));
    const { account, made, emit } = await hooks.setUp("Dead", "/dead");
    await hooks.database.run("UPDATE webhooks SET failing_since = $2 WHERE id = $1", [
      made.id,
      Date.now() - 6 * 86_400_000,
    ]);
    await emit("message.sent");
    await until(
      async () =>
        (await account.owner.expect<Webhook>(200, "GET", `/webhooks/${made.id}`)).disabledReason === "failing",
    );
  });

  test("is attempted again when the claim of a dead process expires", async () => {
    const { account, made } = await hooks.setUp("Crashed", "/crashed");
    const now = Date.now();
    await hooks.database.run(
      `INSERT INTO deliveries (id, tenant_id, webhook_id, event_id, event_type, body, status, next_attempt_at,
         locked_until, log, created_at)
       VALUES ($1, $2, $3, 'evt_x', 'message.sent', $6, 'pending', $4, $5, '[]', $4)`,
      [createId("delivery"), account.tenantId, made.id, now, now + 700, JSON.stringify(exampleOf("message.sent"))],
    );
    expect(Date.parse((await settled(account, made.id, "delivered")).attempts[0]!.at)).toBeGreaterThanOrEqual(
      now + 700,
    );
  });
});

test("a restart during deliveries loses none", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "wpp-test-"));
  hooks.respond("/restart", () => ({ status: 503 }));
  try {
    const retryDelays = Array.from({ length: 20 }, () => 300);
    const options = {
      ...WEBHOOK_OPTIONS,
      settings: { webhook: { ...WEBHOOK_OPTIONS.settings.webhook, retryDelays } },
      dataDir,
    };
    const before = await startSystem(options);
    const account = await registerTenant(before, "Restarted");
    const made = await account.owner.expect<CreatedWebhook>(201, "POST", "/webhooks", {
      url: hooks.urlOf("/restart"),
      events: ["message.*"],
    });
    const own = await acquireDatabase(before.broker);
    const eventId = await appendTo(before, own, account, "message.sent");
    await until(() => hooks.received.length > 0);
    await releaseDatabase(before.broker);
    await before.stop();
    hooks.respond("/restart", () => ({ status: 204 }));
    const after = await startSystem(options);
    const taken = await until(() =>
      hooks.received.find(({ headers }) => headers["webhook-id"] === eventId && hooks.attempts.get("/restart")! > 1),
    );
    expect(new Verifier(made.secret).verify(taken.body, taken.headers)).toBeDefined();
    await after.stop();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
