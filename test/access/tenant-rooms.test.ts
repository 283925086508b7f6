/**
 * Isolation of tenants in what is pushed to clients: every type of event, in every namespace, and to webhooks. One
 * tenant, the loud one, has real traffic and one event of each type; the quiet one gets its own events and nothing
 * else.
 */
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { EVENT_TYPES, matchesPatterns, type EventEnvelope, type EventType } from "../../contracts/events.ts";
import type { Message } from "../../contracts/routes/message.ts";
import type { Delivery } from "../../contracts/routes/webhook.ts";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { socketName } from "../../contracts/socket-events.ts";
import type { Database } from "../../db/database.ts";
import { acquireDatabase, releaseDatabase } from "../../mixins/database.mixin.ts";
import { NAMESPACES } from "../../services/api-gateway/sockets/namespaces.ts";
import { OPEN } from "../harness/accounts.ts";
import { appendTo } from "../harness/delivery-bed.ts";
import { closeSockets, connected, type Listener, type ProblemAnswer } from "../harness/listener.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { furnish, tracesIn, type House } from "./walls/house.ts";

type Ack = { ok?: true; cursor?: string; error?: ProblemAnswer };

let system: System;
let database: Database;
let loud: House;
let quiet: House;
/** The listeners of each tenant by namespace. */
const loudListeners = new Map<string, Listener>();
const quietListeners = new Map<string, Listener>();
/** Of the quiet tenant: one that resumes with the other's cursor, and one that subscribes to every type. */
const curious: Listener[] = [];
/** Ids of the quiet tenant's last events. */
const fences: string[] = [];

/** Appends the type's example as an event of the tenant's session. */
const append = (house: House, type: EventType) =>
  appendTo(system, database, house.account, type, {}, house.places["sessions/:session"]!);
const hasGot = ({ got }: Listener, id: string) => got.some(({ event }) => event.id === id);

async function listen(listeners: Map<string, Listener>, house: House): Promise<void> {
  for (const { name } of NAMESPACES)
    listeners.set(name, await connected(system, { token: house.account.accessToken }, name));
}

/** Waits until both tenants got a last event of their own in each namespace: everything before it was sent by then. */
async function fence(): Promise<void> {
  for (const [house, listeners] of [
    [loud, loudListeners],
    [quiet, quietListeners],
  ] as const) {
    for (const { name, types } of NAMESPACES) {
      const type = EVENT_TYPES.find(
        (candidate) => matchesPatterns(candidate, types) && candidate !== "analytics.update",
      )!;
      const id = await append(house, type);
      await until(() => hasGot(listeners.get(name)!, id), 20_000);
      if (house === quiet) fences.push(id);
    }
  }
}

beforeAll(async () => {
  const environment = { ...OPEN, WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8", WPP_THREADS: "0" };
  system = await startSystem({ services: SERVICE_NAMES, environment, settings: { webhook: { interval: 50 } } });
  database = await acquireDatabase(system.broker);
  [loud, quiet] = [await furnish(system, "obsidian"), await furnish(system, "selenite")];
  await listen(loudListeners, loud);
  await listen(quietListeners, quiet);
}, 120_000);

afterAll(async () => {
  closeSockets();
  await loud?.receiver.close();
  await quiet?.receiver.close();
  await releaseDatabase(system.broker);
  await system?.stop();
});

test("a tenant can neither subscribe to another's sessions nor type in them", async () => {
  const theirs = [loud.places["sessions/:session"]!, loud.sessionName];
  for (const { name } of NAMESPACES) {
    const { socket } = quietListeners.get(name)!;
    const ask = (event: string, payload: object) => socket.timeout(10_000).emitWithAck(event, payload) as Promise<Ack>;
    for (const session of theirs) {
      expect(await ask("subscribe", { sessions: [session] })).toMatchObject({
        error: { code: "not_found", status: 404 },
      });
      expect(await ask("subscribe", { sessions: [quiet.sessionName, session], types: ["*"] })).toMatchObject({
        error: { code: "not_found" },
      });
      expect(await ask("typing:start", { session, chatId: loud.customer })).toMatchObject({
        error: { code: "not_found" },
      });
    }
    expect(await ask("subscribe", { tenantId: loud.account.tenantId })).toMatchObject({
      error: { code: "validation" },
    });
  }
  expect((await loud.owner.expect<SandboxPhone>(200, "GET", `/sandbox/phones/${loud.customer}`)).typing).toEqual([]);
});

test("a cursor of one tenant shows another nothing of it", async () => {
  const { cursor } = (await loudListeners
    .get("/")!
    .socket.timeout(10_000)
    .emitWithAck("subscribe", { types: ["*"] })) as Ack;
  curious.push(await connected(system, { token: quiet.account.accessToken, after: cursor }));
  const all = await connected(system, { token: quiet.account.accessToken });
  expect(await all.socket.timeout(10_000).emitWithAck("subscribe", { types: ["*"] })).toMatchObject({ ok: true });
  curious.push(all);
  const page = await loud.owner.expect<{ nextCursor: string }>(200, "GET", "/events?limit=1");
  const { data } = await quiet.owner.expect<{ data: EventEnvelope[] }>(
    200,
    "GET",
    `/events?limit=200&after=${encodeURIComponent(page.nextCursor)}`,
  );
  expect(data.length).toBeGreaterThan(0);
  expect(tracesIn(JSON.stringify(data), loud)).toEqual([]);
});

describe("while another tenant has traffic", () => {
  /** The id of the loud tenant's event of each type. */
  let appended: Map<EventType, string>;

  beforeAll(async () => {
    const [session, messages] = [`/sessions/${loud.sessionName}`, `/sessions/${loud.sessionName}/messages`];
    const sent = await loud.owner.expect<Message>(202, "POST", messages, {
      to: loud.customer,
      type: "text",
      text: `${loud.word} live`,
    });
    await loud.owner.until<Message>(`/messages/${sent.id}`, ({ status }) => status === "delivered");
    await loud.owner.expect(202, "PATCH", `/messages/${sent.id}`, { text: `${loud.word} edited` });
    const phone = `/sandbox/phones/${loud.customer}`;
    await loud.owner.expect(204, "POST", `${phone}/read`, { from: loud.own });
    await loud.owner.expect(204, "POST", `${phone}/typing`, { to: loud.own });
    await loud.owner.expect(201, "POST", `${phone}/messages`, { to: loud.own, text: `${loud.word} incoming` });
    await loud.owner.expect(201, "POST", `${phone}/call`, { to: loud.own });
    await loud.owner.expect(200, "PATCH", `${session}/groups/${encodeURIComponent(loud.places["groups/:id"]!)}`, {
      name: `${loud.word} renamed`,
    });
    await loud.owner.expect(200, "PATCH", session, { metadata: { stone: loud.word } });
    await loud.owner.expect(202, "POST", "/exports", {});
    await loud.owner.expect(202, "POST", `${session}/restart`);
    appended = new Map();
    for (const type of EVENT_TYPES) appended.set(type, await append(loud, type));
    await until(() => loudListeners.get("/")!.got.some(({ name }) => name === "analytics:update"), 20_000);
    await fence();
  }, 90_000);

  test.each(NAMESPACES.map(({ name, types }) => [name, types] as const))(
    "in %s the loud tenant gets each event under its name",
    (name, types) => {
      const { got } = loudListeners.get(name)!;
      for (const [type, id] of appended) {
        const events = got.filter(({ event }) => event.id === id);
        const found = events.map((item) => item.name);
        for (const { event } of events) expect(tracesIn(JSON.stringify(event), loud)).not.toEqual([]);
        expect({ type, found }).toEqual({ type, found: matchesPatterns(type, types) ? [socketName(type)] : [] });
      }
    },
  );

  test("its real traffic is sent to it", () => {
    const names = new Set(
      loudListeners
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

  test("no listener of the quiet tenant gets anything of it", () => {
    for (const listener of [...quietListeners.values(), ...curious]) {
      expect(tracesIn(JSON.stringify(listener.got), loud)).toEqual([]);
      expect(listener.got.filter(({ event }) => event.tenantId !== quiet.account.tenantId)).toEqual([]);
      expect(listener.got.length).toBeGreaterThan(0);
    }
  });

  test("nor does its webhook, while the loud tenant's gets each event", async () => {
    await until(
      () => [...appended.values()].every((id) => loud.receiver.events.some((event) => event.id === id)),
      30_000,
    );
    await until(() => fences.every((id) => quiet.receiver.events.some((event) => event.id === id)), 30_000);
    expect(quiet.receiver.events.filter(({ tenantId }) => tenantId !== quiet.account.tenantId)).toEqual([]);
    expect(tracesIn(JSON.stringify(quiet.receiver.events), loud)).toEqual([]);
    expect([...quiet.receiver.forged, ...loud.receiver.forged]).toEqual([]);
    const deliveries = `/webhooks/${quiet.places["webhooks/:id"]!}/deliveries?limit=200`;
    const isOwn = ({ eventId }: Delivery) => quiet.receiver.events.some(({ id }) => id === eventId);
    await quiet.owner.until<{ data: Delivery[] }>(deliveries, ({ data }) => data.length > 0 && data.every(isOwn));
  });

  test("nor do its event log, its reports and its list of online users", async () => {
    for (const path of [
      "/events?limit=200",
      `/sessions/${quiet.sessionName}/events?limit=200`,
      "/presence/users",
      "/analytics/overview",
      "/analytics/sessions",
    ]) {
      expect({ path, traces: tracesIn(JSON.stringify(await quiet.owner.expect(200, "GET", path)), loud) }).toEqual({
        path,
        traces: [],
      });
    }
  });
});
