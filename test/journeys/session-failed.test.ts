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
