/** The settings of a session that change what it receives: calls that are rejected, media that are not downloaded. */
import type { Message } from "../../contracts/message.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { PNG } from "../harness/media-files.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { connected, itemOf, makePhone } from "./pairing.ts";

const dataDir = makeDataDir();
let system: SystemProcess;
let api: TestClient;
let own = "";
let peer = "";

beforeAll(async () => {
  system = await startProcess({ dataDir });
  api = await registerTenant(system.origin);
  own = await makePhone(api, "Own");
  peer = await makePhone(api, "Peer");
  const settings = { rejectCalls: { message: "Please write instead" }, rejectMedia: true };
  await api.expect(201, "POST", "/sessions", { name: "main", network: "sandbox", settings });
  await api.expect(202, "POST", "/sessions/main/start");
  const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=30");
  await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr });
  await connected(api, "main");
}, 60_000);

afterAll(async () => {
  await system?.end("SIGTERM");
  await cleanUp(dataDir);
}, 30_000);

test("a call is rejected, and answered with one message", async () => {
  await api.expect(201, "POST", `/sandbox/phones/${peer}/call`, { to: own });
  const answer = await itemOf(api, peer, ({ text }) => text === "Please write instead");
  expect(answer).toMatchObject({ duplicates: 0 });
  const { data } = await api.until<{ data: Message[] }>(
    "/sessions/main/messages?direction=outbound",
    (list) => list.data[0]?.status === "delivered",
  );
  expect(data).toHaveLength(1);
});

test("media are not downloaded", async () => {
  await api.expect(201, "POST", `/sandbox/phones/${peer}/messages`, {
    to: own,
    type: "image",
    media: { base64: PNG.toString("base64"), mimetype: "image/png" },
  });
  const { data } = await api.until<{ data: Message[] }>(
    "/sessions/main/messages?direction=inbound",
    (list) => list.data.length === 1,
  );
  expect(data[0]).toMatchObject({ type: "image" });
  expect((await api.ask("GET", `/messages/${data[0]!.id}/media`)).status).toBe(404);
});
