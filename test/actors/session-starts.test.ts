/** A start that something else overtakes: the session gets one actor, or none, and the place at the gate goes to the next. */
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

const ASK: ActorCall = { kind: "operation", name: "getAbout", input: { chatId: "x" } };

let dataDir = "";
let database: Database;
let tenantId: Id<"tenant">;
let node: SessionNode;
/** What happens between the instant at which a statement was carried out and its answer. */
let beforeAnswer: (text: string) => Promise<void>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-starts-"));
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  beforeAnswer = async () => {};
  const run: Database["run"] = async (text, parameters) => {
    const changed = await database.run(text, parameters);
    await beforeAnswer(text);
    return changed;
  };
  // Any program does for Chromium: the driver of the test's thread starts none.
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

async function want(id: string, desired: Desired, restart = false): Promise<void> {
  await setDesired(database, id, desired, restart);
  await node.step();
}

/** Three browsers that do not come up and hold all places at the gate. */
async function fillGate(): Promise<string[]> {
  const slow: string[] = [];
  for (const name of ["a", "b", "c"])
    slow.push(await addSession(database, tenantId, name, { driver: "browser", habit: "slow" }));
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

test("a session that is restarted while it waits for its place gets one actor", async () => {
  const [first] = await fillGate();
  const id = await addBrowser("d");
  await want(id, "running", true);
  await until(async () => (await placementOf(id)).epoch === 2);
  const next = await addBrowser("e");
  await want(first!, "stopped");
  // The one slot goes round: when both are up, every start had its turn.
  for (const waiting of [id, next]) await until(async () => (await stateOf(waiting)) === "connected");
  expect(await connections(id)).toBe(1);
  expect(await node.call(id, ASK)).toEqual({ about: "alive" });
});

test("a start that is cancelled at the gate leaves its place to the next", async () => {
  const [first] = await fillGate();
  const id = await addBrowser("d");
  await want(id, "stopped");
  await until(async () => (await placementOf(id)).owner_node === null);
  const next = await addBrowser("e");
  await want(first!, "stopped");
  await until(async () => (await stateOf(next)) === "connected");
  expect(await stateOf(id)).toBe("stopped");
});

test("a session that is to be logged out waits for its place, and takes leave when it is up", async () => {
  const [first] = await fillGate();
  const id = await addBrowser("d");
  await want(id, "logout");
  await node.step();
  await want(first!, "stopped");
  await until(async () => {
    await node.step();
    return (await stateOf(id)) === "logged_out";
  });
  expect(await connections(id)).toBe(1);
});

test("a session that is stopped between two steps of its start gets no actor", async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  beforeAnswer = (text) => (text.includes("phase = 'running'") ? answered : Promise.resolve());
  const id = await addSession(database, tenantId);
  await node.step();
  await until(async () => (await placementOf(id)).phase === "running");
  await want(id, "stopped");
  answer();
  await until(async () => (await placementOf(id)).owner_node === null);
  await expect(node.call(id, ASK)).rejects.toThrow("the session does not run here");
  expect(await stateOf(id)).toBe("stopped");
  expect(await connections(id)).toBe(0);
});
