/** A start is overtaken by another command: the session gets one actor or none, and its start slot is released. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActorCall } from "../../actors/protocol.ts";
import { SessionNode } from "../../actors/session-node.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { setDesired, type Desired } from "../../db/statements/sessions/placements.ts";
import { addSession, addTenant, nodeOptionsOf, openTestDatabase } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const ASK: ActorCall = { kind: "operation", name: "getAbout", input: { chatId: "15550100001@c.us" } };

let dataDir = "";
let database: Database;
let tenantId: Id<"tenant">;
let node: SessionNode;
/** Runs after a statement took effect and before its caller gets the result. */
let beforeResult: (text: string) => Promise<void>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-starts-"));
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  beforeResult = async () => {};
  const run: Database["run"] = async (text, parameters) => {
    const changed = await database.run(text, parameters);
    await beforeResult(text);
    return changed;
  };
  // Any program will do: the test thread's driver starts no Chromium.
  const browser = { path: process.execPath, sandbox: true, webVersion: null };
  node = new SessionNode({
    ...nodeOptionsOf({ ...database, run }, dataDir, 1),
    driverSettings: { browser, light: {} },
  });
  await node.start();
});

afterEach(async () => {
  await node.stop();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const placementOf = async (id: string) =>
  (
    await database.all<{ epoch: number; phase: string; owner_node: string | null }>(
      "SELECT epoch, phase, owner_node FROM placements WHERE session_id = $1",
      [id],
    )
  )[0]!;
const stateOf = async (id: string) =>
  (await database.all<{ state: string }>("SELECT state FROM sessions WHERE id = $1", [id]))[0]!.state;
const connections = async (id: string) =>
  (await database.all("SELECT 1 FROM events WHERE session_id = $1 AND type = 'session.connected'", [id])).length;

async function setDesiredAndStep(id: string, desired: Desired, restart = false): Promise<void> {
  await setDesired(database, id, desired, restart);
  await node.step();
}

/** Three sessions that never connect and hold all start slots. */
async function fillStartSlots(): Promise<string[]> {
  const slow: string[] = [];
  for (const name of ["a", "b", "c"])
    slow.push(await addSession(database, tenantId, name, { driver: "browser", behaviour: "slow" }));
  await node.step();
  for (const id of slow) await until(async () => (await placementOf(id)).phase === "running");
  return slow;
}

async function addBrowser(name: string): Promise<string> {
  const id = await addSession(database, tenantId, name, { driver: "browser" });
  await node.step();
  await until(async () => (await placementOf(id)).owner_node !== null);
  return id;
}

test("a session that is restarted while it waits for a start slot gets one actor", async () => {
  const [first] = await fillStartSlots();
  const id = await addBrowser("d");
  await setDesiredAndStep(id, "running", true);
  await until(async () => (await placementOf(id)).epoch === 2);
  const next = await addBrowser("e");
  await setDesiredAndStep(first!, "stopped");
  // One slot is free: when both sessions are connected, each start has had it.
  for (const waiting of [id, next]) await until(async () => (await stateOf(waiting)) === "connected");
  expect(await connections(id)).toBe(1);
  expect(await node.call(id, ASK)).toEqual({ about: "alive" });
});

test("a start that is cancelled while waiting leaves the slot to the next", async () => {
  const [first] = await fillStartSlots();
  const id = await addBrowser("d");
  await setDesiredAndStep(id, "stopped");
  await until(async () => (await placementOf(id)).owner_node === null);
  const next = await addBrowser("e");
  await setDesiredAndStep(first!, "stopped");
  await until(async () => (await stateOf(next)) === "connected");
  expect(await stateOf(id)).toBe("stopped");
});

test("a session to be logged out waits for a start slot, connects, and logs out", async () => {
  const [first] = await fillStartSlots();
  const id = await addBrowser("d");
  await setDesiredAndStep(id, "logout");
  await node.step();
  await setDesiredAndStep(first!, "stopped");
  await until(async () => {
    await node.step();
    return (await stateOf(id)) === "logged_out";
  });
  expect(await connections(id)).toBe(1);
});

test("a session that is stopped between two steps of its start gets no actor", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  beforeResult = (text) => (text.includes("phase = 'running'") ? released : Promise.resolve());
  const id = await addSession(database, tenantId);
  await node.step();
  await until(async () => (await placementOf(id)).phase === "running");
  await setDesiredAndStep(id, "stopped");
  release();
  await until(async () => (await placementOf(id)).owner_node === null);
  await expect(node.call(id, ASK)).rejects.toThrow("the session does not run here");
  expect(await stateOf(id)).toBe("stopped");
  expect(await connections(id)).toBe(0);
});
