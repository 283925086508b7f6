/** Socket.io: which events each socket gets, none missed or doubled across a reconnect, and what clients may send. */
import { setTimeout as pause } from "node:timers/promises";
import type { Context, ServiceSchema } from "moleculer";
import type { Socket } from "socket.io-client";
import type { EventType } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import { Resync } from "../../../contracts/socket-events.ts";
import type { Database } from "../../../db/database.ts";
import { appendEvents } from "../../../db/statements/events/append-events.ts";
import type { CallMeta } from "../../../access/call.ts";
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { announceEvents } from "../../../event-log/announce.ts";
import type { GatewayLocals } from "../../../services/api-gateway/types.ts";
import { createKey, OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { sampleDraft } from "../../harness/events.ts";
import { closeSockets, connect, connected, type Listener, type ProblemAnswer } from "../../harness/listener.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

type Ack = { ok?: true; cursor?: string; error?: ProblemAnswer };

const typed: { params: unknown; principal: unknown }[] = [];
/** Takes the place of the presence service and records its calls. */
const presence: ServiceSchema = {
  name: "presence",
  actions: {
    typing(ctx: Context<unknown, CallMeta>) {
      typed.push({ params: ctx.params, principal: ctx.meta.principal });
      return { ok: true };
    },
  },
};

let system: System;
let database: Database;
let acme: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "event"],
    environment: OPEN,
    extra: [presence],
  });
  database = await acquireDatabase(system.broker);
  acme = await registerTenant(system, "Acme");
});
afterEach(closeSockets);
afterAll(async () => {
  await releaseDatabase(system.broker);
  await system.stop();
});

const disconnected = (socket: Socket) => until(() => socket.disconnected);

/** The number of each appended event, by its id. */
const numberOf = new Map<string, number>();

/** Appends the example of each type and remembers its number. */
async function append(
  { tenantId }: Account,
  events: readonly { type: EventType; n: number; session?: string }[],
): Promise<void> {
  const drafts = events.map(({ type, session }) => sampleDraft(type, { tenantId, sessionId: session ?? null }));
  const ids = await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
  for (const [index, id] of ids.entries()) numberOf.set(id, events[index]!.n);
  announceEvents(system.broker);
}

/** The numbers of the events that the listener got, in order. */
function numbers({ got }: Listener): (number | undefined)[] {
  return got.map(({ event }) => numberOf.get(event.id));
}

/** Inserts a session's row only; nothing runs it. */
async function makeSession(account: Account, name: string): Promise<string> {
  const [id, now] = [createId("session"), Date.now()];
  await database.run(
    `INSERT INTO sessions (id, tenant_id, name, network, driver, auto_start, settings, metadata, state, reason, since,
       evidence, version, created_at, updated_at)
     VALUES ($1, $2, $3, 'sandbox', 'light', 0, '{}', '{}', 'stopped', 'created', $4, '{}', 1, $4, $4)`,
    [id, account.tenantId, name, now],
  );
  return id;
}

describe("a socket gets", () => {
  test("no events from before the first socket of the gateway, and all that follow", async () => {
    const { accessToken: token, ...account } = await registerTenant(system, "Quiet");
    const tenant = { ...account, accessToken: token };
    const first = await connected(system, { token });
    await append(tenant, [{ type: "message.received", n: 1 }]);
    await until(() => first.got.length === 1);
    first.socket.close();
    const { live } = system.broker.getLocalService("api-gateway") as unknown as GatewayLocals;
    await until(() => [...live!.fanOut.registry.all()].length === 0);
    await append(tenant, [{ type: "message.received", n: 2 }]);
    const [one, two] = await Promise.all([connected(system, { token }), connected(system, { token })]);
    await append(tenant, [{ type: "message.received", n: 3 }]);
    await until(() => one.got.length > 0 && two.got.length > 0);
    expect([numbers(one), numbers(two)]).toEqual([[3], [3]]);
    const back = await connected(system, { token, after: first.got[0]!.event.cursor });
    await until(() => back.got.length === 2);
    expect(numbers(back)).toEqual([2, 3]);
  });

  test("all events of its tenant as envelopes with their cursor, and none of another tenant", async () => {
    const other = await registerTenant(system, "Other");
    const [mine, theirs] = [
      await connected(system, { token: acme.accessToken }),
      await connected(system, { token: other.accessToken }),
    ];
    await append(acme, [{ type: "message.received", n: 1 }]);
    await append(other, [{ type: "message.received", n: 2 }]);
    await until(() => mine.got.length === 1 && theirs.got.length === 1);
    expect(mine.got[0]).toMatchObject({
      name: "message:received",
      event: { type: "message.received", tenantId: acme.tenantId, sequence: expect.any(Number) },
    });
    expect(numbers(mine)).toEqual([1]);
    const { data: log } = await acme.owner.expect<{ data: unknown[] }>(200, "GET", "/events?limit=200");
    expect(log).toContainEqual(mine.got[0]!.event);
    expect(numbers(theirs)).toEqual([2]);
  });

  test("the types and sessions that it subscribes to, until it unsubscribes", async () => {
    const [first, second] = [await makeSession(acme, "first"), await makeSession(acme, "second")];
    const listener = await connected(system, { token: acme.accessToken });
    expect(await listener.socket.emitWithAck("subscribe", { types: ["message.*"], sessions: ["first"] })).toMatchObject(
      {
        ok: true,
        cursor: expect.any(String),
      },
    );
    await append(acme, [
      { type: "message.sent", n: 1, session: first },
      { type: "message.sent", n: 2, session: second },
      { type: "session.qr", n: 3, session: first },
      { type: "message.sent", n: 4 },
    ]);
    await until(() => listener.got.length === 1);
    expect(await listener.socket.emitWithAck("unsubscribe")).toMatchObject({ ok: true });
    await append(acme, [{ type: "session.qr", n: 5, session: second }]);
    await until(() => listener.got.length === 2);
    expect(numbers(listener)).toEqual([1, 5]);
  });

  test("only its sessions with a key that is limited to them", async () => {
    const [mine, other] = [await makeSession(acme, "mine"), await makeSession(acme, "not mine")];
    const { key } = await createKey(acme, { scopes: ["event:read", "message:read"], sessions: ["mine"] });
    const listener = await connected(system, { apiKey: key });
    await append(acme, [
      { type: "message.sent", n: 1, session: other },
      { type: "webhook.disabled", n: 2 },
      { type: "message.sent", n: 3, session: mine },
    ]);
    await until(() => listener.got.length === 1);
    expect(numbers(listener)).toEqual([3]);
    expect(((await listener.socket.emitWithAck("subscribe", { sessions: ["not mine"] })) as Ack).error?.code).toBe(
      "not_found",
    );
  });

  test("only the event types of its namespace", async () => {
    const [sessions, analytics] = [
      await connected(system, { token: acme.accessToken }, "/sessions"),
      await connected(system, { token: acme.accessToken }, "/analytics"),
    ];
    await append(acme, [
      { type: "message.sent", n: 1 },
      { type: "session.connected", n: 2 },
      { type: "analytics.update", n: 3 },
    ]);
    await until(() => sessions.got.length === 1 && analytics.got.length === 1);
    expect([sessions.got[0]!.name, analytics.got[0]!.name]).toEqual(["session:connected", "analytics:update"]);
  });
});

describe("a reconnect with a cursor", () => {
  test("brings missed events in order, then live ones, each once, while events keep coming", async () => {
    const steady = await registerTenant(system, "Steady");
    const before = await connected(system, { token: steady.accessToken });
    await append(steady, [{ type: "message.sent", n: 0 }]);
    const { cursor } = (await until(() => before.got[0])).event;
    before.socket.close();
    for (let n = 1; n <= 1_200; n += 100)
      await append(
        steady,
        Array.from({ length: 100 }, (_none, i) => ({ type: "message.sent" as const, n: n + i })),
      );
    const after = connect(system, { token: steady.accessToken, after: cursor });
    for (let n = 1_201; n <= 1_300; n++) await append(steady, [{ type: "message.sent", n }]);
    await until(() => after.got.length >= 1_300);
    await pause(100);
    expect(numbers(after)).toEqual(Array.from({ length: 1_300 }, (_none, i) => i + 1));
  });

  test("a cursor that is too far behind, or before the oldest event, is answered with resync", async () => {
    const late = await registerTenant(system, "Late");
    const before = await connected(system, { token: late.accessToken });
    await append(late, [{ type: "message.sent", n: 1 }]);
    const { cursor } = (await until(() => before.got[0])).event;
    await append(
      late,
      Array.from({ length: 5_001 }, (_none, i) => ({ type: "message.sent" as const, n: i })),
    );
    const tooMuch = await connected(system, { token: late.accessToken, after: cursor });
    await until(() => tooMuch.got.some(({ name }) => name === "resync"));
    await database.run("DELETE FROM events WHERE seq < (SELECT max(seq) FROM events)");
    const tooOld = await connected(system, { token: late.accessToken, after: cursor });
    const { name, event: notice } = await until(() => tooOld.got[0]);
    expect(name).toBe("resync");
    const { cursor: fresh } = Resync.parse(notice);
    await append(late, [{ type: "message.sent", n: -1 }]);
    const resumed = await connected(system, { token: late.accessToken, after: fresh });
    await until(() => resumed.got.length === 1 && tooOld.got.length === 2);
    expect(numbers(resumed)).toEqual([-1]);
  });
});

describe("client events", () => {
  test("typing becomes a call with the caller's identity", async () => {
    const { socket } = await connected(system, { token: acme.accessToken });
    expect(await socket.emitWithAck("typing:start", { session: "first", chatId: "15550100001@c.us" })).toEqual({
      ok: true,
    });
    expect(await socket.emitWithAck("typing:stop", { session: "first", chatId: "15550100001@c.us" })).toEqual({
      ok: true,
    });
    expect(typed.map(({ params }) => params)).toEqual([
      { params: { session: "first", chatId: "15550100001@c.us" }, body: { state: "typing" } },
      { params: { session: "first", chatId: "15550100001@c.us" }, body: { state: "paused" } },
    ]);
    expect(typed[0]!.principal).toMatchObject({ tenantId: acme.tenantId, userId: acme.userId });
  });

  test.each([
    ["subscribe", { types: ["no.such"] }, "validation"],
    ["subscribe", { sessions: ["no such"] }, "not_found"],
    ["subscribe", { tenant: "another" }, "validation"],
    ["subscribe", { sessions: ["\0"] }, "validation"],
    ["typing:start", { session: "first" }, "validation"],
    ["no:such", {}, "route_not_found"],
    ["constructor", {}, "route_not_found"],
  ])("%s %j is answered with a problem", async (name, payload, code) => {
    const { socket } = await connected(system, { token: acme.accessToken });
    expect(((await socket.emitWithAck(name, payload)) as Ack).error?.code).toBe(code);
  });

  test("a key without the permission cannot type", async () => {
    const { key } = await createKey(acme, { scopes: ["event:read"] });
    const { socket } = await connected(system, { apiKey: key });
    expect(
      ((await socket.emitWithAck("typing:start", { session: "first", chatId: "1@c.us" })) as Ack).error?.code,
    ).toBe("forbidden");
  });

  test("too many events are refused, and far too many disconnect the client", async () => {
    const { socket } = await connected(system, { token: acme.accessToken });
    const answers = await Promise.all(
      Array.from({ length: 45 }, () => socket.emitWithAck("unsubscribe") as Promise<Ack>),
    );
    expect(answers.some(({ error }) => error?.code === "rate_limited")).toBe(true);
    for (let n = 0; n < 300; n++) socket.emit("unsubscribe");
    await disconnected(socket);
  });
});
