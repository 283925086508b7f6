/**
 * An event asks for the permission that reads the same data from the API, on every channel: `GET /events`, the events of
 * a session, sockets of every namespace, and webhooks, which deliver what their maker may read.
 */
import { EVENT_TYPES, EVENTS, matchesPatterns, type EventEnvelope, type EventType } from "../../contracts/events.ts";
import type { Id } from "../../contracts/ids.ts";
import { ROLE_PERMISSIONS, type Permission } from "../../contracts/permissions.ts";
import type { Webhook } from "../../contracts/routes/webhook.ts";
import type { Database } from "../../db/database.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { NAMESPACES } from "../../services/api-gateway/sockets/namespaces.ts";
import {
  clientOf,
  createKey,
  OPEN,
  PASSWORD,
  registerTenant,
  type Account,
  type SignedIn,
} from "../harness/accounts.ts";
import type { TestClient } from "../harness/client.ts";
import { closeSockets, connected, type Listener } from "../harness/listener.ts";
import { addSession } from "../harness/session-rows.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../harness/webhook-receiver.ts";
import { appendTo } from "../harness/webhook-system.ts";

const LOGGED = EVENT_TYPES.filter((type) => EVENTS[type].published === "log");
const PERMISSIONS = [...new Set(LOGGED.map((type) => EVENTS[type].permission))];

let system: System;
let database: Database;
let acme: Account;
let session: string;
const receivers: WebhookReceiver[] = [];

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "event", "webhook"],
    environment: { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" },
    settings: { webhook: { interval: 30, retryDelays: [] } },
  });
  database = await acquireDatabase(system.broker);
  acme = await registerTenant(system, "Acme");
  session = await addSession(database, acme.tenantId as Id<"tenant">, "main");
}, 60_000);
afterEach(closeSockets);
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
  await releaseDatabase(system.broker);
  await system.stop();
});

const append = (type: EventType) =>
  appendTo(system, database, acme, type, {}, EVENTS[type].scope === "tenant" ? null : session);

/** Appends an event of each logged type; returns their ids. */
async function appendAll(): Promise<Map<EventType, string>> {
  const appended = new Map<EventType, string>();
  for (const type of LOGGED) appended.set(type, await append(type));
  return appended;
}

/** The types, of those appended, that are among the events; sorted. */
const typesOf = (events: readonly EventEnvelope[], appended: ReadonlyMap<EventType, string>) =>
  [...appended].flatMap(([type, id]) => (events.some((event) => event.id === id) ? [type] : [])).toSorted();

const allowedTo = (permission: Permission, among: readonly string[] = ["*"]) =>
  LOGGED.filter((type) => EVENTS[type].permission === permission && matchesPatterns(type, among)).toSorted();

async function readAll(client: TestClient, path: string): Promise<EventEnvelope[]> {
  const events: EventEnvelope[] = [];
  for (let after = ""; ;) {
    const page = await client.expect<{ data: EventEnvelope[]; nextCursor: string | null }>(
      200,
      "GET",
      `${path}?limit=7${after === "" ? "" : `&after=${after}`}`,
    );
    events.push(...page.data);
    if (page.nextCursor === null || page.data.length === 0) return events;
    after = page.nextCursor;
  }
}

async function makeHook(client: TestClient, body: object = {}): Promise<{ hook: Webhook; receiver: WebhookReceiver }> {
  const receiver = await startWebhookReceiver();
  receivers.push(receiver);
  const hook = await client.expect<Webhook & { secret: string }>(201, "POST", "/webhooks", {
    url: receiver.url,
    events: ["*"],
    ...body,
  });
  receiver.trust(hook.secret);
  return { hook, receiver };
}

/** Waits until the receiver has the event, and with it everything before. */
const received = ({ events }: WebhookReceiver, id: string) => until(() => events.some((event) => event.id === id));

describe.each(PERMISSIONS)("with %s and no other permission", (permission) => {
  let client: TestClient;
  let key: string;
  let appended: Map<EventType, string>;
  let receiver: WebhookReceiver;
  const listeners = new Map<string, Listener>();
  const resumed: Listener[] = [];

  beforeAll(async () => {
    // With the permissions of the channels themselves, which read nothing else here.
    ({ client, key } = await createKey(acme, { scopes: [...new Set([permission, "event:read", "webhook:write"])] }));
    ({ receiver } = await makeHook(client));
    const first = await connected(system, { apiKey: key });
    const { cursor } = (await first.socket.emitWithAck("subscribe", {})) as { cursor: string };
    for (const { name, permission: required, admins } of NAMESPACES)
      if (admins !== true && [permission, "event:read"].includes(required))
        listeners.set(name, await connected(system, { apiKey: key }, name));
    appended = await appendAll();
    resumed.push(await connected(system, { apiKey: key, after: cursor }));
    const last = await append(allowedTo(permission)[0]!);
    await received(receiver, last);
    await until(() =>
      [...listeners.values(), ...resumed].every(({ got }) => got.some(({ event }) => event.id === last)),
    );
  });

  test("GET /events returns exactly its events, in pages", async () => {
    expect(typesOf(await readAll(client, "/events"), appended)).toEqual(allowedTo(permission));
    const ofSession = allowedTo(permission).filter((type) => EVENTS[type].scope !== "tenant");
    expect(typesOf(await readAll(client, "/sessions/main/events"), appended)).toEqual(ofSession);
  });

  test("a filter for types of another permission is refused", async () => {
    const other = LOGGED.find((type) => EVENTS[type].permission !== permission)!;
    const { status, body } = await client.ask("GET", `/events?types=${other}`);
    expect([status, body["code"], String(body["detail"])]).toEqual([
      403,
      "forbidden",
      expect.stringContaining(EVENTS[other].permission),
    ]);
    const subscribing = await connected(system, { apiKey: key });
    expect(await subscribing.socket.emitWithAck("subscribe", { types: [other] })).toMatchObject({
      error: { code: "forbidden", errors: [{ pointer: "/types/0" }] },
    });
    const hook = { url: receiver.url, events: ["*", other] };
    expect((await client.ask("POST", "/webhooks", hook)).body).toMatchObject({
      code: "forbidden",
      errors: [{ pointer: "/events/1" }],
    });
  });

  test("sockets get exactly its events, live and after a cursor", () => {
    for (const [name, { got }] of listeners) {
      const { types } = NAMESPACES.find((rule) => rule.name === name)!;
      const found = typesOf(
        got.map(({ event }) => event),
        appended,
      );
      expect({ name, found }).toEqual({ name, found: allowedTo(permission, types) });
    }
    for (const { got } of resumed)
      expect(
        typesOf(
          got.map(({ event }) => event),
          appended,
        ),
      ).toEqual(allowedTo(permission));
  });

  test("a webhook delivers exactly its events", () => {
    expect(typesOf(receiver.events, appended)).toEqual(allowedTo(permission));
  });
});

describe("a webhook", () => {
  async function addUser(role: string, name: string): Promise<{ id: string; client: TestClient }> {
    const email = `${name}@acme.test`;
    const { id } = await acme.owner.expect<{ id: string }>(201, "POST", "/users", {
      email,
      name,
      role,
      password: PASSWORD,
    });
    const anonymous = clientOf(system);
    const { accessToken } = await anonymous.expect<SignedIn>(200, "POST", "/auth/login", { email, password: PASSWORD });
    return { id, client: anonymous.with({ authorization: `Bearer ${accessToken}` }) };
  }
  const stateOf = ({ id }: Webhook) =>
    acme.owner
      .expect<Webhook>(200, "GET", `/webhooks/${id}`)
      .then(({ status, disabledReason }) => [status, disabledReason]);

  test("stops to deliver what its maker may no longer read", async () => {
    const { id, client } = await addUser("operator", "demoted");
    const { receiver } = await makeHook(client);
    const before = await append("session.qr");
    await received(receiver, before);
    await acme.owner.expect(200, "PATCH", `/users/${id}`, { role: "viewer" });
    expect(ROLE_PERMISSIONS.viewer).not.toContain("session:pair");
    const hidden = await append("session.qr");
    await received(receiver, await append("session.updated"));
    expect(receiver.events.map((event) => event.id)).not.toContain(hidden);
  });

  test.each(["disabled", "deleted", "revoked"])(
    "is disabled when its maker was %s, until another enables it",
    async (end) => {
      const user = await addUser("admin", `maker-${end}`);
      const made = await user.client.expect<{ id: string; key: string }>(201, "POST", "/api-keys", {
        name: "k",
        scopes: ["webhook:write", "message:read"],
      });
      const { hook, receiver } = await makeHook(
        end === "revoked" ? acme.anonymous.with({ "x-api-key": made.key }) : user.client,
      );
      await received(receiver, await append("message.sent"));
      if (end === "disabled") await acme.owner.expect(200, "PATCH", `/users/${user.id}`, { disabled: true });
      else if (end === "deleted") await acme.owner.expect(204, "DELETE", `/users/${user.id}`);
      else await acme.owner.expect(204, "DELETE", `/api-keys/${made.id}`);
      const hidden = await append("message.sent");
      await until(async () => (await stateOf(hook))[0] === "disabled");
      expect(await stateOf(hook)).toEqual(["disabled", "maker_gone"]);
      await acme.owner.expect(200, "PATCH", `/webhooks/${hook.id}`, { status: "enabled" });
      await received(receiver, await append("message.sent"));
      expect(receiver.events.map((event) => event.id)).not.toContain(hidden);
    },
  );

  test("that another caller points elsewhere delivers what that one may read", async () => {
    const { hook, receiver } = await makeHook(acme.owner);
    const { client } = await createKey(acme, { scopes: ["webhook:write", "session:read"] });
    const elsewhere = await startWebhookReceiver();
    receivers.push(elsewhere);
    await client.expect(200, "PATCH", `/webhooks/${hook.id}`, { url: elsewhere.url });
    const hidden = await append("message.received");
    const seen = await append("session.updated");
    await until(() => elsewhere.forged.length + elsewhere.events.length > 0);
    const texts = JSON.stringify([elsewhere.events, elsewhere.forged, receiver.events]);
    expect(texts).toContain(seen);
    expect(texts).not.toContain(hidden);
  });
});
