/** The sandbox service: its actions, called as the gateway calls them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServiceBroker } from "moleculer";
import { readConfig } from "../../contracts/config.ts";
import { isProblem } from "../../contracts/errors.ts";
import { sandboxRoutes } from "../../contracts/routes/sandbox.ts";
import type { SandboxItem, SandboxPhone } from "../../contracts/sandbox.ts";
import sandboxService from "../../services/sandbox/sandbox.service.ts";

let dir: string;
let broker: ServiceBroker;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "wpp-sandbox-service-"));
  broker = new ServiceBroker({ logger: false, wpp: readConfig({ WPP_DATA_DIR: dir }) });
  broker.createService(sandboxService);
  await broker.start();
});
afterAll(async () => {
  await broker.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Calls a route's action as the gateway does, and validates input and output by the route's schemas. */
async function call<T>(
  action: string,
  input: { phone?: string; query?: object; body?: object } = {},
  tenantId = "ten_a",
): Promise<T> {
  const route = sandboxRoutes.find((candidate) => candidate.action === action);
  if (route === undefined) throw new Error(`no route for ${action}`);
  const params = {
    params: route.params?.parse({ phone: input.phone }),
    query: route.query?.parse(input.query ?? {}),
    body: route.body?.parse(input.body),
  };
  const principal = { tenantId, userId: null, apiKeyId: null, role: null, permissions: [], sessions: null };
  const answer: T = await broker.call(action, params, { meta: { principal } });
  const schema = route.responses[Number(Object.keys(route.responses)[0])];
  if (schema !== null) schema?.parse(answer);
  return answer;
}

test("phones send messages, read them and change", async () => {
  const ann = await call<SandboxPhone>("sandbox.createPhone", { body: { name: "Ann" } });
  const bob = await call<SandboxPhone>("sandbox.createPhone", { body: { phone: "+15550105555", autoRead: true } });
  expect(bob.phone).toBe("+15550105555");
  await call("sandbox.sendMessage", { phone: ann.phone, body: { to: bob.phone, text: "hi" } });
  await call("sandbox.sendMessage", {
    phone: ann.phone,
    body: { to: bob.phone, media: { base64: "aGk=", mimetype: "image/png" } },
  });
  const inbox = await call<{ data: SandboxItem[] }>("sandbox.listInbox", {
    phone: bob.phone.slice(1),
    query: { limit: "1" },
  });
  expect(inbox).toMatchObject({
    data: [{ type: "image", media: { base64: "aGk=", size: 2 }, pushName: "Ann", status: "read" }],
    nextCursor: expect.any(String),
  });
  await call("sandbox.sendTyping", { phone: ann.phone, body: { to: bob.phone } });
  await call("sandbox.setPresence", { phone: ann.phone, body: { state: "online" } });
  await call("sandbox.readChat", { phone: ann.phone, body: { from: bob.phone } });
  await call("sandbox.call", { phone: ann.phone, body: { to: bob.phone } });
  await call("sandbox.unlinkDevices", { phone: ann.phone });
  expect(await call<SandboxPhone>("sandbox.getPhone", { phone: bob.phone })).toMatchObject({
    typing: [{ from: ann.chatId, state: "typing" }],
  });
  await call("sandbox.changePhone", { phone: ann.phone, body: { online: false, name: null } });
  expect(await call("sandbox.listPhones")).toMatchObject({
    data: [{ available: true, online: false, name: null }, { phone: bob.phone }],
  });
  await call("sandbox.removePhone", { phone: bob.phone });
});

test("a phone acts: it posts a status, keeps a channel and a profile, and wrong inputs are named", async () => {
  const [ann, bob] = [
    await call<SandboxPhone>("sandbox.createPhone", { body: { name: "Ann" } }),
    await call<SandboxPhone>("sandbox.createPhone", { body: { name: "Bob" } }),
  ];
  const act = async <T>(phone: string, name: string, input?: object): Promise<T> =>
    (await call<{ output: T }>("sandbox.act", { phone, body: { act: name, input } })).output;
  const { id } = await call<{ id: string }>("sandbox.sendMessage", {
    phone: ann.phone,
    body: { to: "status@broadcast", text: "At sea" },
  });
  expect(await act(bob.phone, "statuses")).toMatchObject([{ id, from: ann.chatId, text: "At sea" }]);
  expect(await act(bob.phone, "viewStatus", { from: ann.chatId, id })).toEqual({});
  expect(await act(ann.phone, "messageInfo", { id })).toMatchObject([{ by: bob.chatId, readAt: expect.any(Number) }]);
  const channel = await act<{ id: string }>(ann.phone, "createChannel", { name: "Tides" });
  await act(bob.phone, "followChannel", { id: channel.id, follow: true });
  await call("sandbox.sendMessage", { phone: ann.phone, body: { to: channel.id, text: "High at noon" } });
  const { data } = await call<{ data: SandboxItem[] }>("sandbox.listInbox", { phone: bob.phone, query: {} });
  expect(data.find((item) => item.chat === channel.id)).toMatchObject({ text: "High at noon" });
  await act(ann.phone, "setProfile", { about: "Fishing" });
  expect(await act(bob.phone, "profile", { id: ann.chatId })).toMatchObject({ about: "Fishing" });
  await expect(act(ann.phone, "setLabel", { name: "Customer", color: 1 })).rejects.toMatchObject({
    type: "sandbox_refused",
    data: { facts: { refusal: "business_only" } },
  });
  await expect(act(ann.phone, "saveContact", { id: "Bob", name: "Bob" })).rejects.toMatchObject({
    type: "validation",
    data: { errors: [{ pointer: "/input/id", detail: "must be a chat id" }] },
  });
  await expect(act(ann.phone, "send", {})).rejects.toThrow("Invalid option");
});

test("a phone is addressed by its LID, can move there, and can hide its number", async () => {
  const moved = await call<SandboxPhone>("sandbox.createPhone", { body: {} });
  expect(moved).toMatchObject({ addressing: "lid", hidesNumber: false });
  const { phone } = await call<SandboxPhone>("sandbox.createPhone", { body: { addressing: "number" } });
  const body = { addressing: "lid", hidesNumber: true };
  expect(await call("sandbox.changePhone", { phone, body })).toMatchObject(body);
});

test("another tenant's phone is not found, and unknown codes are refused", async () => {
  const phone = await call<SandboxPhone>("sandbox.createPhone", { body: {} });
  await expect(call("sandbox.getPhone", { phone: phone.phone }, "ten_b")).rejects.toMatchObject({
    type: "not_found",
    code: 404,
  });
  const error = await call("sandbox.scan", { phone: phone.phone, body: { qr: "nothing" } }).catch(
    (reason: unknown) => reason,
  );
  expect(isProblem(error)).toBe(true);
  expect(error).toMatchObject({ type: "sandbox_refused", code: 409, data: { facts: { refusal: "code_expired" } } });
});

test("faults can be set and read, for all phones or for one", async () => {
  const phone = await call<SandboxPhone>("sandbox.createPhone", { body: {} });
  await call("sandbox.setFaults", { body: { latencyMs: 5 } });
  await call("sandbox.setFaults", { query: { phone: phone.phone }, body: { dropAcks: true } });
  expect(await call("sandbox.getFaults")).toMatchObject({ latencyMs: 5, dropAcks: false });
  expect(await call("sandbox.getFaults", { query: { phone: phone.phone } })).toMatchObject({
    latencyMs: 0,
    dropAcks: true,
  });
});

test("sandbox.endpoint returns where sessions connect", async () => {
  expect(await broker.call("sandbox.endpoint")).toMatchObject({
    host: "127.0.0.1",
    devicePort: expect.any(Number),
    spki: expect.any(String),
  });
});
