/** A session that is linked to another phone: what was queued before is not sent from the new number automatically. */
import type { Message } from "../../contracts/message.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startSystem, type System } from "../harness/system.ts";
import { connected, inboxOf, itemOf, makePhone, pairSession } from "../journeys/pairing.ts";

let system: System;
let api: TestClient;
let first: string;
let second: string;
let ana: string;

beforeAll(async () => {
  system = await startSystem({
    services: ["auth", "tenant", "sandbox", "session", "session-node", "message", "event", "api-gateway"],
    environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on", WPP_THREADS: "0" },
  });
  api = await registerTenant(system.url);
  first = await makePhone(api, "First");
  second = await makePhone(api, "Second");
  ana = await makePhone(api, "Ana");
});
afterAll(() => system.stop());

/** A session that was linked to the first phone, with a message in its queue, and is now linked to the second one. */
async function relinked(name: string): Promise<Message> {
  await pairSession(api, name, "light", first);
  await unlink(name);
  const queued = await send(name, "for the first number");
  await link(name, second);
  return queued;
}

async function unlink(name: string): Promise<void> {
  await api.expect(202, "POST", `/sessions/${name}/logout`);
  await api.until<Session>(`/sessions/${name}`, ({ state }) => state === "logged_out");
}

async function link(name: string, phone: string): Promise<void> {
  await api.expect(202, "POST", `/sessions/${name}/start`);
  const { qr } = await api.expect<{ qr: string }>(200, "GET", `/sessions/${name}/qr?wait=30`);
  await api.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  await connected(api, name);
}

function send(name: string, text: string): Promise<Message> {
  return api.expect<Message>(202, "POST", `/sessions/${name}/messages`, { to: ana, type: "text", text });
}

test("the queue pauses, and the session, its messages and an event say why", async () => {
  const queued = await relinked("paused");
  const { queue } = await api.expect<Session>(200, "GET", "/sessions/paused");
  expect(queue).toMatchObject({ paused: "account_changed", account: { phone: first } });
  const later = await send("paused", "for the second number");
  for (const { id } of [queued, later])
    expect(await api.expect(200, "GET", `/messages/${id}`)).toMatchObject({
      status: "queued",
      waiting: "account_changed",
    });
  const { data } = await api.expect<{ data: object[] }>(200, "GET", "/events?types=session.account_changed");
  expect(data).toMatchObject([{ data: { previous: { phone: first }, current: { phone: second }, waiting: 1 } }]);
});

test("resumed to send, it sends everything from the new number", async () => {
  const queued = await relinked("sending");
  const resumed = await api.expect<Session>(200, "POST", "/sessions/sending/queue/resume", { waiting: "send" });
  expect(resumed.queue).toMatchObject({ paused: null, account: { phone: second } });
  await itemOf(api, ana, ({ id, from }) => id === queued.waId && from === `${second.slice(1)}@c.us`);
});

test("resumed to cancel, it cancels what was queued before the change, and sends the rest", async () => {
  const queued = await relinked("cancelling");
  const later = await send("cancelling", "for the second number");
  await api.expect(200, "POST", "/sessions/cancelling/queue/resume", { waiting: "cancel" });
  await itemOf(api, ana, ({ id }) => id === later.waId);
  expect(await api.expect(200, "GET", `/messages/${queued.id}`)).toMatchObject({ status: "cancelled", error: null });
  expect((await inboxOf(api, ana)).map(({ id }) => id)).not.toContain(queued.waId);
});

test("when the first account is back, it resumes automatically", async () => {
  const queued = await relinked("returning");
  await unlink("returning");
  await link("returning", first);
  const item = await itemOf(api, ana, ({ id }) => id === queued.waId);
  expect(item.from).toBe(`${first.slice(1)}@c.us`);
  const { queue } = await api.expect<Session>(200, "GET", "/sessions/returning");
  expect(queue).toMatchObject({ paused: null, account: { phone: first } });
});

test("another account with nothing queued is simply the new account", async () => {
  await pairSession(api, "empty", "light", first);
  await unlink("empty");
  await link("empty", second);
  const { queue } = await api.expect<Session>(200, "GET", "/sessions/empty");
  expect(queue).toMatchObject({ paused: null, account: { phone: second } });
  const sent = await send("empty", "hello");
  await itemOf(api, ana, ({ id }) => id === sent.waId);
});
