/** wppconnect-server's Socket.io: its events under its names, for who has the token of the session only. */
import { io, type Socket } from "socket.io-client";
import type { TestClient } from "../../harness/client.ts";
import { until, type System } from "../../harness/system.ts";
import { WppconnectClient } from "../../harness/wppconnect-client.ts";
import { startDoor } from "../../harness/wppconnect-door.ts";

let system: System;
let api: TestClient;
let main: WppconnectClient;
let other: WppconnectClient;
let own = "";
let ana = "";
const sockets: Socket[] = [];

function open(auth: object, options: object = {}): Socket {
  const socket = io(main.origin, { auth, transports: ["websocket"], forceNew: true, ...options });
  sockets.push(socket);
  return socket;
}

/** The first payload under this name. */
function heard(socket: Socket, name: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => socket.once(name, resolve));
}

beforeAll(async () => {
  const door = await startDoor();
  ({ system, api, client: main, own, ana } = door);
  await api.expect(201, "POST", "/sessions", { name: "other", network: "sandbox" });
  other = new WppconnectClient(main.origin, "other");
  for (const client of [main, other]) await client.generateToken(door.secret);
}, 60_000);

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => system?.stop());

test("without a token, or with a wrong one, no socket is opened", async () => {
  for (const auth of [{}, { token: "wpp_wrong" }]) {
    const refusal = (await heard(open(auth), "connect_error")) as unknown as Error;
    expect(refusal.message).toMatch(/token|credential|key/i);
  }
});

test("the token of a session gets its events, and that of another nothing", async () => {
  const [socket, outsider] = [open({ token: main.token }), open({ token: other.token })];
  const overheard: string[] = [];
  outsider.onAny((name: string) => overheard.push(name));
  await Promise.all([heard(socket, "connect"), heard(outsider, "connect")]);
  const [received, acknowledged] = [heard(socket, "received-message"), heard(socket, "onack")];
  await api.expect(201, "POST", `/sandbox/phones/+${ana}/messages`, { to: own, type: "text", text: "by socket" });
  expect(await received).toMatchObject({ response: { body: "by socket", type: "chat", session: "main" } });
  await main.post("send-message", { phone: ana, message: "by socket too" });
  expect(await acknowledged).toMatchObject({ session: "main", id: { fromMe: true }, ack: 1 });
  expect(overheard).toEqual([]);
});

test("the token is taken from the header and the query too", async () => {
  const byHeader = open({}, { extraHeaders: { authorization: `Bearer ${main.token}` } });
  const byQuery = open({}, { query: { token: `main:${main.token}` } });
  await Promise.all([heard(byHeader, "connect"), heard(byQuery, "connect")]);
});

test("a QR code comes as a picture", async () => {
  const socket = open({ token: other.token });
  await heard(socket, "connect");
  const code = heard(socket, "qrCode");
  await other.post("start-session", {});
  expect(await code).toMatchObject({ session: "other", data: expect.stringMatching(/^data:image\/png;base64,/) });
});

test("a revoked token ends its sockets", async () => {
  const socket = open({ token: main.token });
  await heard(socket, "connect");
  const ended = heard(socket, "disconnect");
  const { data } = await api.expect<{ data: { id: string; name: string }[] }>(200, "GET", "/api-keys");
  const key = data.find(({ name }) => name === "wppconnect-server: main")!;
  await api.expect(204, "DELETE", `/api-keys/${key.id}`);
  await ended;
  await until(async () => (await main.get("status-session")).status === 401);
});
