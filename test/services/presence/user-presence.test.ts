/** Presence of a tenant's users: derived from their sockets in all tabs and gateways, with a grace period. */
import type { UserPresence } from "../../../contracts/routes/presence.ts";
import type { EventEnvelope } from "../../../contracts/events.ts";
import type { GatewayReport, ReportAnswer, UserSocket } from "../../../contracts/user-presence.ts";
import { createKey, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { dataOf } from "../../harness/events.ts";
import { closeSockets, connected, type Listener } from "../../harness/listener.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

const GRACE = 500;
const LEASE = 4_000;
const settings = { presence: { grace: GRACE, lease: LEASE, interval: 50 } };

let system: System;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "event", "presence"],
    environment: { ...OPEN, WPP_THREADS: "0" },
    settings,
  });
});
afterEach(closeSockets);
afterAll(() => system.stop());

const presenceOf = async (account: Account, userId = account.userId) => {
  const { data } = await account.owner.expect<{ data: UserPresence[] }>(200, "GET", "/presence/users");
  return data.find((user) => user.userId === userId)!;
};

const becomes = (account: Account, state: UserPresence["state"], sockets: number) =>
  until(async () => {
    const presence = await presenceOf(account);
    return presence.state === state && presence.sockets === sockets && presence;
  });

/** The tenant's presence events in their order, once the log has `count` of them. */
const changesOf = async (account: Account, count: number) => {
  const path = "/events?types=presence.*&limit=200";
  const { data } = await account.owner.until<{ data: EventEnvelope[] }>(
    path,
    (page) => page.data.length >= count,
    10_000,
  );
  return data.map((event) => `${event.type} ${String(dataOf(event)["userId"])}`);
};

const closed = (listener: Listener) => until(() => listener.socket.close().disconnected);

test("a user is online from the first tab to the last, with one event for each change", async () => {
  const account = await registerTenant(system, "Tabs");
  expect(await presenceOf(account)).toMatchObject({
    state: "offline",
    since: null,
    sockets: 0,
    lastSeenAt: null,
    connectionsLastDay: 0,
  });
  const auth = { token: account.accessToken };
  const [first, second] = [await connected(system, auth), await connected(system, auth)];
  const online = await becomes(account, "online", 2);
  expect(online).toMatchObject({ connectionsLastDay: 2 });
  expect(Date.parse(online.since!)).toBeGreaterThan(Date.now() - 10_000);
  await until(() => first.got.some(({ name }) => name === "presence:online"));
  await closed(first);
  expect((await becomes(account, "online", 1)).since).toBe(online.since);
  await closed(second);
  const offline = await becomes(account, "offline", 0);
  expect(offline.lastSeenAt).toBe(offline.since);
  expect(await changesOf(account, 2)).toEqual([
    `presence.online ${account.userId}`,
    `presence.offline ${account.userId}`,
  ]);
});

test("the namespaces of one tab are one socket; sockets of API keys have no user", async () => {
  const account = await registerTenant(system, "Namespaces");
  const { key } = await createKey(account, { scopes: ["event:read"] });
  await connected(system, { apiKey: key });
  const main = await connected(system, { token: account.accessToken });
  const sessions = main.socket.io.socket("/sessions", { auth: { token: account.accessToken } });
  sessions.connect();
  await until(() => sessions.connected);
  const online = await becomes(account, "online", 1);
  main.socket.disconnect();
  await until(() => !main.socket.connected);
  expect(await becomes(account, "online", 1)).toMatchObject({ since: online.since });
  sessions.disconnect();
  await becomes(account, "offline", 0);
});

test("a page that is reloaded does not go offline", async () => {
  const account = await registerTenant(system, "Reload");
  const auth = { token: account.accessToken };
  const online = await connected(system, auth).then(async (listener) => {
    const presence = await becomes(account, "online", 1);
    await closed(listener);
    return presence;
  });
  expect(await becomes(account, "online", 0)).toMatchObject({ since: online.since });
  const again = await connected(system, auth);
  expect(await becomes(account, "online", 1)).toMatchObject({ since: online.since, connectionsLastDay: 2 });
  await closed(again);
  await becomes(account, "offline", 0);
  expect(await changesOf(account, 2)).toHaveLength(2);
});

const report = (gateway: string, changes: Partial<GatewayReport>) =>
  system.broker.call<ReportAnswer, GatewayReport>("presence.report", {
    gateway,
    nodeId: gateway,
    opened: [],
    closed: [],
    leaving: false,
    ...changes,
  });

const socketOf = (account: Account, id: string): UserSocket => ({
  id,
  tenantId: account.tenantId,
  userId: account.userId,
  openedAt: Date.now(),
});

test("sockets at several gateways are one user; the same report twice does no harm", async () => {
  const account = await registerTenant(system, "Gateways");
  const [one, two] = [socketOf(account, "one"), socketOf(account, "two")];
  expect(await report("g1", { opened: [one] })).toEqual({ known: false });
  expect(await report("g1", { opened: [one] })).toEqual({ known: true });
  await Promise.all([report("g2", { opened: [two] }), report("g3", { opened: [one] })]);
  expect(await presenceOf(account)).toMatchObject({ state: "online", sockets: 3, connectionsLastDay: 3 });
  await Promise.all([report("g1", { closed: [one] }), report("g2", { leaving: true })]);
  expect(await presenceOf(account)).toMatchObject({ state: "online", sockets: 1 });
  await report("g3", { closed: [one] });
  await report("g3", { closed: [one] });
  await becomes(account, "offline", 0);
  expect(await changesOf(account, 2)).toEqual([
    `presence.online ${account.userId}`,
    `presence.offline ${account.userId}`,
  ]);
});

test("the users of a dead gateway go offline, those of a running one stay online by its heartbeats", async () => {
  const alive = await registerTenant(system, "Alive");
  await connected(system, { token: alive.accessToken });
  const online = await becomes(alive, "online", 1);
  const account = await registerTenant(system, "Dead");
  const started = Date.now();
  await report("ghost", { opened: [socketOf(account, "lost")] });
  await becomes(account, "online", 1);
  await becomes(account, "offline", 0);
  expect(Date.now() - started).toBeGreaterThan(LEASE);
  // The lease of the running gateway is older: without heartbeats its user would have gone offline before.
  expect(await presenceOf(alive)).toMatchObject({ state: "online", sockets: 1, since: online.since });
  // A gateway that was only late reports its sockets again.
  expect(await report("ghost", {})).toEqual({ known: false });
  await report("ghost", { opened: [socketOf(account, "lost")] });
  await becomes(account, "online", 1);
  await report("ghost", { leaving: true });
  await becomes(account, "offline", 0);
});

test("a tenant sees neither the users of another nor their events", async () => {
  const [ours, theirs] = [await registerTenant(system, "Ours"), await registerTenant(system, "Theirs")];
  const watching = await connected(system, { token: theirs.accessToken });
  await connected(system, { token: ours.accessToken });
  await becomes(ours, "online", 1);
  await becomes(theirs, "online", 1);
  expect(await presenceOf(theirs, ours.userId)).toBeUndefined();
  // A report that names a user under another tenant is ignored.
  await report("liar", { opened: [{ ...socketOf(ours, "x"), tenantId: theirs.tenantId }] });
  expect(await presenceOf(ours)).toMatchObject({ sockets: 1 });
  expect(watching.got.filter(({ event }) => dataOf(event)["userId"] === ours.userId)).toEqual([]);
  expect(await changesOf(theirs, 1)).toEqual([`presence.online ${theirs.userId}`]);
});

test("the list has pages and a filter by state; a key that is limited to sessions is refused", async () => {
  const account = await registerTenant(system, "Listed");
  for (const n of [1, 2, 3]) {
    const user = {
      email: `u${n}@listed.test`,
      name: `User ${n}`,
      password: "correct horse battery staple",
      role: "viewer",
    };
    await account.owner.expect(201, "POST", "/users", user);
  }
  const first = await account.owner.expect<{ data: UserPresence[]; nextCursor: string }>(
    200,
    "GET",
    "/presence/users?limit=3",
  );
  const second = await account.owner.expect<{ data: UserPresence[]; nextCursor: null }>(
    200,
    "GET",
    `/presence/users?limit=3&cursor=${first.nextCursor}`,
  );
  expect([first.data.length, second.data.length, second.nextCursor]).toEqual([3, 1, null]);
  await connected(system, { token: account.accessToken });
  await becomes(account, "online", 1);
  const online = await account.owner.expect<{ data: UserPresence[] }>(200, "GET", "/presence/users?state=online");
  expect(online.data.map(({ userId }) => userId)).toEqual([account.userId]);
  await account.owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  const { client } = await createKey(account, { scopes: ["presence:read"], sessions: ["main"] });
  expect((await client.ask("GET", "/presence/users")).status).toBe(403);
});

test("a system that stops reports it, and the next one marks its users offline", async () => {
  const account = await registerTenant(system, "Stops");
  const dying = await startSystem({
    services: ["api-gateway", "auth", "tenant", "presence"],
    environment: OPEN,
    settings,
    dataDir: system.dataDir,
  });
  await connected(dying, { token: account.accessToken });
  await becomes(account, "online", 1);
  await dying.stop();
  await becomes(account, "offline", 0);
});
