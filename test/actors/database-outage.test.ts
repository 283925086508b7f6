/** A node loses its database at the worst moment: claimed sessions run, and the desired state is reached afterwards. */
import { countStates } from "../../actors/node-load.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActorCall } from "../../actors/protocol.ts";
import { SessionNode } from "../../actors/session-node.ts";
import type { Database } from "../../db/database.ts";
import { setDesired } from "../../db/statements/sessions/placements.ts";
import { unwrittenStates } from "../../actors/unwritten-states.ts";
import { makeFaulty, type FaultyDatabase } from "../harness/faulty-database.ts";
import { addSession, addTenant, nodeOptionsOf, openTestDatabase } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const ASK: ActorCall = { kind: "operation", name: "getAbout", input: { chatId: "15550100001@c.us" } };
const UNLINK: ActorCall = { kind: "operation", name: "leaveGroup", input: { groupId: "x" } };
const DIE: ActorCall = { kind: "operation", name: "typing", input: { chatId: "15550100001@c.us", state: "typing" } };

let dataDir = "";
let database: Database;
let faulty: FaultyDatabase;
let node: SessionNode;
let session: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-lost-"));
  database = await openTestDatabase(dataDir);
  faulty = makeFaulty(database);
  session = await addSession(database, await addTenant(database));
  node = new SessionNode(nodeOptionsOf(faulty, dataDir, 1));
  await node.start();
});

afterEach(async () => {
  faulty.fault = () => undefined;
  await node.stop();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Repeats the node's poll until the session is connected. */
function untilConnected(): Promise<true> {
  return until(async () => {
    await node.step();
    return countStates(node.sessions)["connected"] === 1;
  });
}

/** The first matching statement fails in this way. */
function failOnce(isMeant: (text: string) => boolean, how: "before" | "after"): void {
  faulty.fault = (text) => {
    if (!isMeant(text)) return undefined;
    faulty.fault = () => undefined;
    return how;
  };
}

const epochOf = async () =>
  (await database.all<{ epoch: number }>("SELECT epoch FROM placements WHERE session_id = $1", [session]))[0]!.epoch;
const stateOf = async () =>
  (await database.all<{ state: string }>("SELECT state FROM sessions WHERE id = $1", [session]))[0]!.state;

test("a session whose claim was committed but not confirmed runs under a new epoch", async () => {
  failOnce((text) => text === "COMMIT", "after");
  await expect(node.step()).rejects.toThrow("ECONNRESET");
  expect(await epochOf()).toBe(1);
  await untilConnected();
  expect(await epochOf()).toBe(2);
  expect(await node.call(session, ASK)).toEqual({ about: "alive" });
});

test("a session that could be neither started nor released is started when the database is back", async () => {
  faulty.fault = (text) =>
    text.includes("phase = 'running'") || text.includes("owner_incarnation = NULL") ? "before" : undefined;
  await node.step();
  await until(() => Object.keys(countStates(node.sessions)).length === 0);
  faulty.fault = () => undefined;
  await untilConnected();
  expect(await node.call(session, ASK)).toEqual({ about: "alive" });
});

test("a thread that dies during an outage ends neither the process nor the session", async () => {
  await untilConnected();
  faulty.fault = () => "before";
  await expect(node.call(session, DIE)).rejects.toMatchObject({ kind: "unknown" });
  await until(() => Object.keys(countStates(node.sessions)).length === 0);
  faulty.fault = () => undefined;
  await untilConnected();
  expect(await node.call(session, ASK)).toEqual({ about: "alive" });
});

test("a session's reports during an outage are recorded when the database is back", async () => {
  await untilConnected();
  let refused = 0;
  faulty.fault = () => {
    refused += 1;
    return "before";
  };
  await node.call(session, UNLINK);
  await until(() => refused > 2);
  expect(await stateOf()).toBe("connected");
  // What is true meanwhile is there for those who ask.
  const unwritten = await until(() => unwrittenStates(node.sessions)[0]);
  expect(unwritten).toMatchObject({ sessionId: session, state: "logged_out", epoch: await epochOf() });
  faulty.fault = () => undefined;
  await until(
    async () => (await database.all("SELECT 1 FROM placements WHERE owner_incarnation IS NULL")).length === 1,
  );
  expect(await stateOf()).toBe("logged_out");
});

test("a logout whose first write failed is written later, as a logout", async () => {
  await untilConnected();
  failOnce((text) => text.startsWith("UPDATE placements SET owner_incarnation = NULL"), "before");
  await node.call(session, UNLINK);
  await until(async () => {
    await node.step();
    return (await database.all("SELECT 1 FROM placements WHERE owner_incarnation IS NULL")).length === 1;
  });
  expect(await stateOf()).toBe("logged_out");
});

test("a session set to stop while its claim was unconfirmed is stopped", async () => {
  failOnce((text) => text === "COMMIT", "after");
  await expect(node.step()).rejects.toThrow("ECONNRESET");
  await setDesired(database, session, "stopped", false);
  await until(async () => {
    await node.step();
    return (await database.all("SELECT 1 FROM placements WHERE owner_incarnation IS NULL")).length === 1;
  });
  expect(await stateOf()).toBe("stopped");
});
