/** Sockets are within the same limits as requests: handshakes, wrong credentials, events and their size. */
import { acquireDatabase, releaseDatabase } from "../../../mixins/database.mixin.ts";
import { OPEN, registerTenant, type Account } from "../../harness/accounts.ts";
import { closeSockets, connected, refusal } from "../../harness/listener.ts";
import { startSystem, type System } from "../../harness/system.ts";

interface Refusal {
  code: string;
  status: number;
  retryAfter?: number;
}
type Ack = { ok?: true; error?: Refusal };

let system: System;
const rawSockets: WebSocket[] = [];

beforeEach(async () => {
  // Limits count per address, and all sockets here come from one.
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
});
afterEach(async () => {
  closeSockets();
  for (const socket of rawSockets.splice(0)) socket.close();
  await system.stop();
});

/** A connection below Socket.io's client, which would close it after a refusal. */
async function openRaw(): Promise<{ socket: WebSocket; messages: string[]; closed: Promise<void> }> {
  const socket = new WebSocket(`${system.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  rawSockets.push(socket);
  const messages: string[] = [];
  socket.addEventListener("message", ({ data }) => messages.push(String(data)));
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("it was not opened")));
  });
  return { socket, messages, closed };
}

/** Limits the tenant to so many requests a minute. */
async function limitTo(account: Account, requestsPerMinute: number): Promise<void> {
  const database = await acquireDatabase(system.broker);
  await database.run("UPDATE tenants SET quotas = $2 WHERE id = $1", [
    account.tenantId,
    JSON.stringify({ requestsPerMinute }),
  ]);
  await releaseDatabase(system.broker);
}

test("of many wrong keys at the same time, few are checked before the connection is closed", async () => {
  const { socket, messages, closed } = await openRaw();
  for (let n = 0; n < 100; n++) socket.send(`40{"apiKey":"wrong ${n}"}`);
  await closed;
  expect(messages.filter((message) => message.includes('"code":"unauthenticated"')).length).toBeLessThanOrEqual(4);
});

test("a connection is closed after three wrong keys, each of which is answered", async () => {
  const { socket, messages, closed } = await openRaw();
  let sent = 0;
  const sendNext = () => socket.send(`40{"apiKey":"wrong ${++sent}"}`);
  socket.addEventListener("message", ({ data }) => {
    if (String(data).startsWith("44")) sendNext();
  });
  sendNext();
  await closed;
  expect(messages.filter((message) => message.startsWith("44"))).toHaveLength(3);
});

test("a connection that floods is closed, with or without credentials", async () => {
  const { socket, closed } = await openRaw();
  for (let n = 0; n < 1_000; n++) socket.send("40/nowhere,");
  await closed;
});

test("wrong keys of sockets and of requests share the limit of their address", async () => {
  const codes: string[] = [];
  let last: Refusal | undefined;
  for (let n = 0; n < 62; n++) {
    last = (await refusal(system, { apiKey: `wrong ${n}` })) as Refusal;
    codes.push(last.code);
  }
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(60);
  expect(last).toMatchObject({ code: "rate_limited", status: 429 });
  expect(last?.retryAfter).toBeGreaterThan(0);
  const request = await fetch(`${system.url}/api/v1/users`, { headers: { "x-api-key": "wrong" } });
  expect(request.status).toBe(429);
});

test("handshakes count as requests of the tenant", async () => {
  const account = await registerTenant(system, "Opening");
  await limitTo(account, 5);
  for (let n = 0; n < 5; n++) await connected(system, { token: account.accessToken });
  const refused = (await refusal(system, { token: account.accessToken })) as Refusal;
  expect(refused).toMatchObject({ code: "rate_limited", status: 429 });
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect((await account.owner.ask("GET", "/tenant")).status).toBe(429);
});

test("events count as requests of the tenant; the acknowledgement says when to try again", async () => {
  const account = await registerTenant(system, "Talking");
  await limitTo(account, 8);
  const { socket } = await connected(system, { token: account.accessToken });
  const answers: Ack[] = [];
  for (let n = 0; n < 12; n++) answers.push((await socket.emitWithAck("subscribe", {})) as Ack);
  expect(answers.filter(({ ok }) => ok === true)).toHaveLength(7);
  expect(answers.at(-1)?.error).toMatchObject({ code: "rate_limited", status: 429 });
  expect(answers.at(-1)?.error?.retryAfter).toBeGreaterThan(0);
  expect(socket.connected).toBe(true);
});

test("a payload has at most as many values as the largest subscription", async () => {
  const account = await registerTenant(system, "Wordy");
  const { socket } = await connected(system, { token: account.accessToken });
  const ask = async (payload: object) => ((await socket.emitWithAck("subscribe", payload)) as Ack).error?.code;
  expect(await ask({ types: Array.from({ length: 2_000 }, () => "*") })).toBe("payload_too_large");
  expect(await ask(Object.fromEntries(Array.from({ length: 2_000 }, (_none, n) => [`k${n}`, 0])))).toBe(
    "payload_too_large",
  );
  const unknown = (await socket.emitWithAck(
    "subscribe",
    Object.fromEntries(Array.from({ length: 600 }, (_none, n) => [`k${n}`, 0])),
  )) as {
    error: { errors: unknown[] };
  };
  expect(unknown.error.errors).toHaveLength(50);
  const sessions = Array.from({ length: 500 }, (_none, n) => `ses_${String(n).padStart(32, "0")}`);
  expect(await ask({ sessions, types: Array.from({ length: 100 }, () => "message.*") })).toBe("not_found");
});
