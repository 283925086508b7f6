/** The streams without Socket.io: the same events, walls, limits and resumption over WebSocket and Server-Sent Events. */
import type { Id } from "../../../contracts/ids.ts";
import type { EventType } from "../../../contracts/events.ts";
import type { Database } from "../../../db/database.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import type { GatewayLocals } from "../../../services/api-gateway/types.ts";
import { createKey, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { sampleDraft } from "../../harness/events.ts";
import { checkEvent } from "../../harness/event-checks.ts";
import { closeStreams, openStream, openWebSocket, type Door, type Stream } from "../../harness/stream-client.ts";
import { addSession } from "../../harness/session-rows.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

let system: System;
let database: Database;
let acme: Account;
let acmeKey: string;

const SCOPES = ["event:read", "message:read", "session:read"];

beforeAll(async () => {
  system = await startSystem({ services: ["api-gateway", "auth", "tenant", "event"], environment: OPEN });
  database = await acquireDatabase(system.broker);
  [acme, acmeKey] = await tenantWithKey("Acme");
});
afterEach(closeStreams);
afterAll(async () => {
  await releaseDatabase(system.broker);
  await system.stop();
});

async function tenantWithKey(name: string): Promise<[Account, string]> {
  const account = await registerTenant(system, name);
  return [account, (await createKey(account, { scopes: SCOPES })).key];
}

/** The number of each appended event, by its id. */
const numberOf = new Map<string, number>();

async function append(
  { tenantId }: Account,
  events: readonly { type?: EventType; n: number; session?: string }[],
): Promise<void> {
  const drafts = events.map(({ type = "message.sent", session }) =>
    sampleDraft(type, { tenantId, sessionId: session ?? null }),
  );
  const ids = await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
  for (const [index, id] of ids.entries()) numberOf.set(id, events[index]!.n);
  announceEvents(system.broker);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_none, i) => from + i);
const numbers = ({ events }: Stream) => events.map(({ id }) => numberOf.get(id));
const problemOf = ({ notices }: Stream) =>
  (notices.find(({ type }) => type === "error")?.["problem"] as { code: string } | undefined)?.code;

/** A stream that has said that it is ready. */
async function ready(door: Door, key: string, more: { query?: Record<string, string>; lastEventId?: string } = {}) {
  const stream = openStream(system, door, { key, ...more });
  await until(() => stream.notices.length > 0);
  expect(stream.notices[0]).toMatchObject({ type: "ready" });
  return stream;
}

const makeSession = ({ tenantId }: Account, name: string) => addSession(database, tenantId as Id<"tenant">, name);

const connections = () => [
  ...(system.broker.getLocalService("api-gateway") as unknown as GatewayLocals).live!.fanOut.registry.all(),
];

describe.each<Door>(["websocket", "sse"])("over %s", (door) => {
  test("a client gets its tenant's events as envelopes, and none of another tenant", async () => {
    const [other, otherKey] = await tenantWithKey(`Other-${door}`);
    const [mine, theirs] = [await ready(door, acmeKey), await ready(door, otherKey)];
    await append(acme, [{ n: 1 }]);
    await append(other, [{ n: 2 }]);
    await until(() => mine.events.length === 1 && theirs.events.length === 1);
    expect([numbers(mine), numbers(theirs)]).toEqual([[1], [2]]);
    checkEvent(mine.events[0]!);
    const { data: log } = await acme.owner.expect<{ data: unknown[] }>(200, "GET", "/events?limit=200");
    expect(log).toContainEqual(mine.events[0]);
  });

  test("what was missed comes in order before what is live, each once, while events keep coming", async () => {
    const [steady, key] = await tenantWithKey(`Steady-${door}`);
    const before = await ready(door, key);
    const start = before.notices[0]!["cursor"] as string;
    before.close();
    await append(
      steady,
      range(1, 1_200).map((n) => ({ n })),
    );
    const after = openStream(system, door, { key, query: { after: start } });
    for (const n of range(1_201, 1_260)) await append(steady, [{ n }]);
    await until(() => after.events.length >= 1_260);
    await append(steady, [{ n: 1_261 }]);
    await until(() => numbers(after).at(-1) === 1_261);
    expect(numbers(after)).toEqual(range(1, 1_261));
    const resumed = openStream(system, door, { key, query: { after: after.events[1_249]!.cursor } });
    await until(() => resumed.events.length === 11);
    expect(numbers(resumed)).toEqual(range(1_251, 1_261));
  });

  test("the filter holds for what was missed and for what is live", async () => {
    const [account, key] = await tenantWithKey(`Filter-${door}`);
    const [one, two] = [await makeSession(account, "one"), await makeSession(account, "two")];
    const start = (await ready(door, key)).notices[0]!["cursor"] as string;
    const mixed = (n: number) => [
      { n, session: one },
      { n: n + 1, session: two },
      { n: n + 2, session: one, type: "session.qr" as const },
      { n: n + 3 },
      { n: n + 4, session: one },
    ];
    await append(account, mixed(1));
    const stream = await ready(door, key, { query: { after: start, types: "message.*", session: "one" } });
    await append(account, mixed(11));
    await until(() => numbers(stream).at(-1) === 15);
    expect(numbers(stream)).toEqual([1, 5, 11, 15]);
  });

  test("a key that is limited to a session gets its events only", async () => {
    const [account] = await tenantWithKey(`Limited-${door}`);
    const [mine, other] = [await makeSession(account, "mine"), await makeSession(account, "other")];
    const { key } = await createKey(account, { scopes: SCOPES, sessions: ["mine"] });
    const stream = await ready(door, key);
    await append(account, [{ n: 1, session: other }, { n: 2 }, { n: 3, session: mine }]);
    await until(() => stream.events.length > 0);
    expect(numbers(stream)).toEqual([3]);
    const refused = openStream(system, door, { key, query: { session: "other" } });
    await refused.closed;
    expect(problemOf(refused)).toBe("not_found");
  });

  test("a cursor that is too old is answered with resync; live events follow", async () => {
    const [account, key] = await tenantWithKey(`Late-${door}`);
    const start = (await ready(door, key)).notices[0]!["cursor"] as string;
    await append(
      account,
      range(1, 5_001).map((n) => ({ n })),
    );
    const stream = openStream(system, door, { key, query: { after: start } });
    const notice = await until(() => stream.notices.find(({ type }) => type === "resync"));
    await append(account, [{ n: 5_002 }]);
    await until(() => numbers(stream).at(-1) === 5_002);
    const fresh = openStream(system, door, { key, query: { after: notice["cursor"] as string } });
    await until(() => fresh.events.length === 1);
    expect(numbers(fresh)).toEqual([5_002]);
  });

  test("a revoked key ends the stream, with the reason", async () => {
    const { id, key } = await createKey(acme, { scopes: SCOPES });
    const [stream, untouched] = [await ready(door, key), await ready(door, acmeKey)];
    await acme.owner.expect(204, "DELETE", `/api-keys/${id}`);
    expect(await stream.closed).toMatchObject({ code: 4_401, reason: expect.stringContaining("revoked") });
    await append(acme, [{ n: 1 }]);
    await until(() => untouched.events.length === 1);
  });

  test.each([
    ["no key", { key: "wrong" }, "unauthenticated"],
    ["a type that does not exist", { query: { types: "no.such" } }, "validation"],
    ["a field that does not exist", { query: { tenant: "ten_other" } }, "validation"],
    ["a type that the key cannot read", { query: { types: "backup.finished" } }, "forbidden"],
    ["a session that does not exist", { query: { session: "nowhere" } }, "not_found"],
    ["a cursor that is none", { query: { after: "nonsense" } }, "cursor_invalid"],
  ])("%s is refused with a problem", async (_what, options, code) => {
    const stream = openStream(system, door, { key: acmeKey, ...options });
    await stream.closed;
    expect(problemOf(stream)).toBe(code);
  });

  test("the cursor of another tenant and a key without event:read are refused", async () => {
    const [, otherKey] = await tenantWithKey(`Curious-${door}`);
    const cursor = (await ready(door, otherKey)).notices[0]!["cursor"] as string;
    const stolen = openStream(system, door, { key: acmeKey, query: { after: cursor } });
    const { key } = await createKey(acme, { scopes: ["message:read"] });
    const lacking = openStream(system, door, { key });
    await Promise.all([stolen.closed, lacking.closed]);
    expect([problemOf(stolen), problemOf(lacking)]).toEqual(["cursor_invalid", "forbidden"]);
  });

  test("a tenant has as many streams as its plan allows sockets", async () => {
    const account = await registerTenant(system, `Few-${door}`);
    await database.run("UPDATE tenants SET quotas = $2 WHERE id = $1", [
      account.tenantId,
      JSON.stringify({ sockets: 2 }),
    ]);
    const { key } = await createKey(account, { scopes: SCOPES });
    const [first] = [await ready(door, key), await ready(door === "sse" ? "websocket" : "sse", key)];
    const third = openStream(system, door, { key });
    await third.closed;
    expect(problemOf(third)).toBe("quota_exceeded");
    first.close();
    await until(() => connections().filter(({ tenantId }) => tenantId === account.tenantId).length === 1);
    await ready(door, key);
  });
});

describe("Server-Sent Events", () => {
  test("Last-Event-ID continues, and wins over the URL that a browser repeats", async () => {
    const [account, key] = await tenantWithKey("Browser");
    const first = await ready("sse", key);
    await append(account, [{ n: 1 }, { n: 2 }]);
    await until(() => first.events.length === 2);
    expect(first.ids).toEqual([first.notices[0]!["cursor"], ...first.events.map(({ cursor }) => cursor)]);
    const again = await ready("sse", key, { query: { after: first.ids[0]! }, lastEventId: first.ids[1]! });
    await until(() => again.events.length === 1);
    expect(numbers(again)).toEqual([2]);
  });

  test("a HEAD request has no stream", async () => {
    const answer = await fetch(`${system.url}/api/v1/events/stream`, {
      method: "HEAD",
      headers: { "x-api-key": acmeKey },
    });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    await until(() => connections().length === 0);
  });
});

/** Events of about 100 KB each, so that few of them fill what the network takes. */
async function appendLarge({ tenantId }: Account, count: number): Promise<void> {
  const long = { reason: "x".repeat(100_000) } as object;
  const drafts = range(1, count).map(() => sampleDraft("message.failed", { tenantId }, long));
  await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
  announceEvents(system.broker);
}

describe("a WebSocket", () => {
  test("that does not read is closed with the reason, and what waits for it is bounded", async () => {
    const [account, key] = await tenantWithKey("Slow");
    const stream = openWebSocket(system, { headers: { "x-api-key": key } });
    await until(() => stream.notices.length === 1);
    stream.socket.pause();
    const isServed = () => connections().some(({ tenantId }) => tenantId === account.tenantId);
    await until(async () => {
      await appendLarge(account, 20);
      return !isServed();
    });
    stream.socket.resume();
    expect(await stream.closed).toMatchObject({ code: 4_000, reason: expect.stringContaining("too slowly") });
  });

  test("may give its credentials as a subprotocol, which the server does not repeat", async () => {
    const { socket, notices } = openWebSocket(system, { protocols: ["wpp.v1", `wpp.auth.${acmeKey}`] });
    await until(() => notices.length === 1);
    expect([notices[0]!.type, socket.protocol]).toEqual(["ready", "wpp.v1"]);
  });

  test("may give its credentials and what it asks for in the first message", async () => {
    const stream = openWebSocket(system, { first: { auth: { token: acme.accessToken, types: "message.received" } } });
    await until(() => stream.notices.length === 1);
    await append(acme, [{ n: 1 }, { n: 2, type: "message.received" }]);
    await until(() => stream.events.length === 1);
    expect(numbers(stream)).toEqual([2]);
  });

  test.each([
    [{ auth: { apiKey: "wrong" } }, 4_401, "unauthenticated"],
    [{ auth: {} }, 4_401, "unauthenticated"],
    [{ auth: { apiKey: "wrong", tenantId: "ten_other" } }, 4_422, "validation"],
    ["hello", 4_422, "validation"],
  ])("with %j as its first message is refused", async (first, code, reason) => {
    const stream = openWebSocket(system, { first });
    expect(await stream.closed).toEqual({ code, reason });
    expect(problemOf(stream)).toBe(reason);
  });

  test("takes no credentials from its URL", async () => {
    const stream = openWebSocket(system, { query: { token: acme.accessToken } });
    expect((await stream.closed).code).toBe(4_422);
  });

  test("is closed when it sends more than its credentials", async () => {
    const { socket, closed, notices } = openWebSocket(system, { headers: { authorization: `Bearer ${acmeKey}` } });
    await until(() => notices.length === 1);
    socket.send("{}");
    expect((await closed).code).toBe(1_008);
  });

  test("of a page of another origin, or at another path, is not opened", async () => {
    const foreign = openWebSocket(system, { headers: { origin: "https://elsewhere.example", "x-api-key": acmeKey } });
    expect(await foreign.status).toBe(403);
    const elsewhere = await fetch(`${system.url}/api/v1/stream`, { headers: { "x-api-key": acmeKey } });
    expect(elsewhere.status).toBe(404);
  });
});

test("streams are closed with the reason when the server stops", async () => {
  const other = await startSystem({ services: ["api-gateway", "auth", "tenant", "event"], environment: OPEN });
  const account = await registerTenant(other, "Stopping");
  const { key } = await createKey(account, { scopes: SCOPES });
  const streams = (["websocket", "sse"] as const).map((door) => openStream(other, door, { key }));
  await until(() => streams.every(({ notices }) => notices.length === 1));
  await other.stop();
  expect((await Promise.all(streams.map(({ closed }) => closed))).map(({ code }) => code)).toEqual([1_001, 1_001]);
});
