/**
 * Isolation of tenants in what is pushed to clients: every type of event, in every namespace, and to webhooks. One
 * tenant, the active one, has real traffic and one event of each type; the idle one gets its own events and nothing
 * else.
 */
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { EVENT_TYPES, matchesPatterns, type EventType } from "../../contracts/events.ts";
import type { Message } from "../../contracts/message.ts";
import type { Delivery } from "../../contracts/routes/webhook.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { socketName } from "../../contracts/socket-events.ts";
import type { Database } from "../../db/database.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { NAMESPACES } from "../../services/api-gateway/sockets/namespaces.ts";
import { OPEN } from "../harness/accounts.ts";
import { appendTo } from "../harness/webhook-system.ts";
import { closeSockets, connected, refusal, type Listener, type ProblemAnswer } from "../harness/listener.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { createTenant, findMarkers, type TenantFixture } from "./isolation/tenant-fixture.ts";

type Ack = { ok?: true; cursor?: string; error?: ProblemAnswer };

let system: System;
let database: Database;
let active: TenantFixture;
let idle: TenantFixture;
/** The listeners of each tenant, by namespace. */
const activeListeners = new Map<string, Listener>();
const idleListeners = new Map<string, Listener>();
/** Of the idle tenant: one that subscribes to every type. */
const otherListeners: Listener[] = [];
/** Ids of the idle tenant's last events. */
const lastEvents: string[] = [];

/** Appends the type's example as an event of the tenant's session. */
const append = (tenant: TenantFixture, type: EventType) =>
  appendTo(system, database, tenant.account, type, {}, tenant.parameters["sessions/:session"]!);
const hasGot = ({ got }: Listener, id: string) => got.some(({ event }) => event.id === id);

async function listen(listeners: Map<string, Listener>, tenant: TenantFixture): Promise<void> {
  for (const { name } of NAMESPACES)
    listeners.set(name, await connected(system, { token: tenant.account.accessToken }, name));
}

/** Waits until both tenants got a last event of their own in each namespace: everything before it was sent by then. */
async function appendLastEvents(): Promise<void> {
  for (const [tenant, listeners] of [
    [active, activeListeners],
    [idle, idleListeners],
  ] as const) {
    for (const { name, types } of NAMESPACES) {
      const type = EVENT_TYPES.find(
        (candidate) => matchesPatterns(candidate, types) && candidate !== "analytics.update",
      )!;
      const id = await append(tenant, type);
      await until(() => hasGot(listeners.get(name)!, id), 20_000);
      if (tenant === idle) lastEvents.push(id);
    }
  }
}

beforeAll(async () => {
  const environment = { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" };
  system = await startSystem({ services: SERVICE_NAMES, environment, settings: { webhook: { interval: 50 } } });
  database = await acquireDatabase(system.broker);
  [active, idle] = [await createTenant(system, "obsidian"), await createTenant(system, "selenite")];
  await listen(activeListeners, active);
  await listen(idleListeners, idle);
}, 120_000);

afterAll(async () => {
  closeSockets();
  await active?.receiver.close();
  await idle?.receiver.close();
  await releaseDatabase(system.broker);
  await system?.stop();
});

test("a tenant can neither subscribe to another's sessions nor type in them", async () => {
  const theirs = [active.parameters["sessions/:session"]!, active.sessionName];
  for (const { name } of NAMESPACES) {
    const { socket } = idleListeners.get(name)!;
    const ask = (event: string, payload: object) => socket.timeout(10_000).emitWithAck(event, payload) as Promise<Ack>;
    for (const session of theirs) {
      expect(await ask("subscribe", { sessions: [session] })).toMatchObject({
        error: { code: "not_found", status: 404 },
      });
      expect(await ask("subscribe", { sessions: [idle.sessionName, session], types: ["*"] })).toMatchObject({
        error: { code: "not_found" },
      });
      expect(await ask("typing:start", { session, chatId: active.customer })).toMatchObject({
        error: { code: "not_found" },
      });
    }
    expect(await ask("subscribe", { tenantId: active.account.tenantId })).toMatchObject({
      error: { code: "validation" },
    });
  }
  expect((await active.owner.expect<SandboxPhone>(200, "GET", `/sandbox/phones/${active.customer}`)).typing).toEqual(
    [],
  );
});

test("a cursor of one tenant gives another no access to its events", async () => {
  const { cursor } = (await activeListeners
    .get("/")!
    .socket.timeout(10_000)
    .emitWithAck("subscribe", { types: ["*"] })) as Ack;
  expect(await refusal(system, { token: idle.account.accessToken, after: cursor })).toMatchObject({
    code: "cursor_invalid",
  });
  const all = await connected(system, { token: idle.account.accessToken });
  expect(await all.socket.timeout(10_000).emitWithAck("subscribe", { types: ["*"] })).toMatchObject({ ok: true });
  otherListeners.push(all);
  const page = await active.owner.expect<{ nextCursor: string }>(200, "GET", "/events?limit=1");
  for (const path of ["/events", `/sessions/${idle.sessionName}/events`]) {
    const { body } = await idle.owner.ask("GET", `${path}?after=${encodeURIComponent(page.nextCursor)}`);
    expect(body).toMatchObject({ code: "cursor_invalid" });
  }
});

describe("while another tenant has traffic", () => {
  /** The id of the active tenant's event of each type. */
  let appended: Map<EventType, string>;

  beforeAll(async () => {
    const [session, messages] = [`/sessions/${active.sessionName}`, `/sessions/${active.sessionName}/messages`];
    const sent = await active.owner.expect<Message>(202, "POST", messages, {
      to: active.customer,
      type: "text",
      text: `${active.keyword} live`,
    });
    await active.owner.until<Message>(`/messages/${sent.id}`, ({ status }) => status === "delivered");
    await active.owner.expect(202, "PATCH", `/messages/${sent.id}`, { text: `${active.keyword} edited` });
    const phone = `/sandbox/phones/${active.customer}`;
    await active.owner.expect(204, "POST", `${phone}/read`, { from: active.own });
    await active.owner.expect(204, "POST", `${phone}/typing`, { to: active.own });
    await active.owner.expect(201, "POST", `${phone}/messages`, { to: active.own, text: `${active.keyword} incoming` });
    await active.owner.expect(201, "POST", `${phone}/call`, { to: active.own });
    await active.owner.expect(
      200,
      "PATCH",
      `${session}/groups/${encodeURIComponent(active.parameters["groups/:id"]!)}`,
      {
        name: `${active.keyword} renamed`,
      },
    );
    await active.owner.expect(200, "PATCH", session, { metadata: { stone: active.keyword } });
    await active.owner.expect(202, "POST", "/exports", {});
    await active.owner.expect(202, "POST", `${session}/restart`);
    appended = new Map();
    for (const type of EVENT_TYPES) appended.set(type, await append(active, type));
    await until(() => activeListeners.get("/")!.got.some(({ name }) => name === "analytics:update"), 20_000);
    await appendLastEvents();
  }, 90_000);

  test.each(NAMESPACES.map(({ name, types }) => [name, types] as const))(
    "in %s the active tenant gets each event under its socket name",
    (name, types) => {
      const { got } = activeListeners.get(name)!;
      for (const [type, id] of appended) {
        const events = got.filter(({ event }) => event.id === id);
        const found = events.map((item) => item.name);
        for (const { event } of events) expect(findMarkers(JSON.stringify(event), active)).not.toEqual([]);
        expect({ type, found }).toEqual({ type, found: matchesPatterns(type, types) ? [socketName(type)] : [] });
      }
    },
  );

  test("the active tenant gets the events of its traffic", () => {
    const names = new Set(
      activeListeners
        .get("/")!
        .got.filter(({ event }) => ![...appended.values()].includes(event.id))
        .map(({ name }) => name),
    );
    for (const name of [
      "message:queued",
      "message:sent",
      "message:delivered",
      "message:received",
      "typing:start",
      "call:received",
      "session:updated",
    ])
      expect([...names]).toContain(name);
  });

  test("no listener of the idle tenant gets any of them", () => {
    for (const listener of [...idleListeners.values(), ...otherListeners]) {
      expect(findMarkers(JSON.stringify(listener.got), active)).toEqual([]);
      expect(listener.got.filter(({ event }) => event.tenantId !== idle.account.tenantId)).toEqual([]);
      expect(listener.got.length).toBeGreaterThan(0);
    }
  });

  test("the idle tenant's webhook gets none of them, the active tenant's gets each", async () => {
    await until(
      () => [...appended.values()].every((id) => active.receiver.events.some((event) => event.id === id)),
      30_000,
    );
    await until(() => lastEvents.every((id) => idle.receiver.events.some((event) => event.id === id)), 30_000);
    expect(idle.receiver.events.filter(({ tenantId }) => tenantId !== idle.account.tenantId)).toEqual([]);
    expect(findMarkers(JSON.stringify(idle.receiver.events), active)).toEqual([]);
    expect([...idle.receiver.forged, ...active.receiver.forged]).toEqual([]);
    const deliveries = `/webhooks/${idle.parameters["webhooks/:id"]!}/deliveries?limit=200`;
    const isOwn = ({ eventId }: Delivery) => idle.receiver.events.some(({ id }) => id === eventId);
    await idle.owner.until<{ data: Delivery[] }>(deliveries, ({ data }) => data.length > 0 && data.every(isOwn));
  });

  test("the idle tenant's event log, reports and online users show none of them", async () => {
    for (const path of [
      "/events?limit=200",
      `/sessions/${idle.sessionName}/events?limit=200`,
      "/presence/users",
      "/analytics/overview",
      "/analytics/sessions",
    ]) {
      expect({ path, traces: findMarkers(JSON.stringify(await idle.owner.expect(200, "GET", path)), active) }).toEqual({
        path,
        traces: [],
      });
    }
  });
});
