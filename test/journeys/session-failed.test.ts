/** A failed session stays failed until it is started by request. */
import type { Session } from "../../contracts/routes/session.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { connected, makePhone, pairSession } from "./pairing.ts";

const dataDir = makeDataDir();
let system: SystemProcess;
let api: TestClient;

beforeAll(async () => {
  system = await startProcess({ dataDir });
  api = await registerTenant(system.origin);
}, 60_000);

afterAll(async () => {
  await system?.end("SIGTERM");
  await cleanUp(dataDir);
}, 30_000);

test("a session that failed with a conflict connects when it is started again", async () => {
  const phone = await makePhone(api, "own");
  await pairSession(api, "main", "light", phone);
  const faults = `/sandbox/faults?phone=${phone}`;
  await api.expect(200, "PUT", faults, { unlink: "conflict" });
  const failed = await api.until<Session>("/sessions/main", ({ state }) => state === "failed");
  expect(failed).toMatchObject({ reason: "conflict", desired: "running" });
  await api.expect(200, "PUT", faults, {});
  await api.expect(202, "POST", "/sessions/main/start");
  expect(await connected(api, "main")).toMatchObject({ desired: "running" });
  const again = await api.expect<Session>(202, "POST", "/sessions/main/start");
  expect(again.state).toBe("connected");
}, 60_000);

test("who asks for a code right after the start of a failed session waits for it", async () => {
  const phone = await makePhone(api, "other");
  await pairSession(api, "second", "light", phone);
  await api.expect(204, "POST", `/sandbox/phones/${phone}/logout`, {});
  await api.until<Session>("/sessions/second", ({ state }) => state === "logged_out");
  await api.expect(202, "POST", "/sessions/second/start");
  await api.expect(200, "GET", "/sessions/second/qr?wait=30");
  const faults = `/sandbox/faults?phone=${phone}`;
  const { qr } = await api.expect<{ qr: string }>(200, "GET", "/sessions/second/qr?wait=30");
  await api.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  await connected(api, "second");
  await api.expect(200, "PUT", faults, { unlink: "banned" });
  const { reason } = await api.until<Session>("/sessions/second", ({ state }) => state === "failed");
  const none = await api.ask("GET", "/sessions/second/qr?wait=1");
  expect(none).toMatchObject({ status: 409, body: { code: "no_qr", facts: { state: "failed", reason, phase: null } } });
  await api.expect(200, "PUT", faults, {});
  await api.expect(202, "POST", "/sessions/second/start");
  // The account is linked still, so there is no code; the answer is about this start, not the one before.
  const answer = await api.ask("GET", "/sessions/second/qr?wait=30");
  expect(answer).toMatchObject({ status: 409, body: { code: "already_linked" } });
}, 60_000);
