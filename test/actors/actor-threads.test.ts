/** A thread dies: its calls fail immediately, its sessions restart under a new epoch, other threads are unaffected. */
import { countStates } from "../../actors/node-load.ts";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActorPool } from "../../actors/actor-pool.ts";
import type { ActorCall, ActorSpec, ActorEvent } from "../../actors/protocol.ts";
import { SessionNode } from "../../actors/session-node.ts";
import { ThreadHost } from "../../actors/thread-host.ts";
import type { Database } from "../../db/database.ts";
import {
  addSession,
  addTenant,
  LEASE_TIMES,
  nodeFacts,
  nodeOptionsOf,
  openTestDatabase,
} from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const ENTRY = new URL("./dying-thread.ts", import.meta.url);
const ASK: ActorCall = { kind: "operation", name: "getAbout", input: { chatId: "15550100001@c.us" } };
const HANG: ActorCall = { kind: "operation", name: "screenshot", input: {} };
const DIE: ActorCall = { kind: "operation", name: "typing", input: { chatId: "15550100001@c.us", state: "typing" } };
const BLOCK: ActorCall = { kind: "operation", name: "setPresence", input: { available: true } };

const EVENTS = { log: () => {}, onRestart: async () => null };

function specOf(sessionId: string, driver: ActorSpec["driver"] = "light"): ActorSpec {
  return {
    sessionId,
    epoch: 1,
    driver,
    options: {
      sessionId,
      profileDir: tmpdir(),
      sandbox: null,
      deviceName: "test",
      pairingPhone: null,
      snapshotKey: randomBytes(32).toString("base64url"),
      stored: { isLinked: false, since: Date.now(), until: null },
      rejectMedia: false,
      language: null,
      proxy: null,
      holder: "test",
      settings: {},
    },
  };
}

/** A thread with these sessions, all connected, and the sessions that are reported as lost. */
async function startHost(...sessionIds: string[]): Promise<{ host: ThreadHost; lost: Promise<readonly string[]> }> {
  const events: ActorEvent[] = [];
  const { promise: lost, resolve } = Promise.withResolvers<readonly string[]>();
  const onActorEvent = async (_session: string, _epoch: number, event: ActorEvent) => void events.push(event);
  const host = new ThreadHost({ ...EVENTS, onActorEvent, onLost: resolve }, ENTRY);
  for (const sessionId of sessionIds) host.spawn(specOf(sessionId));
  const isConnected = (event: ActorEvent) => event.type === "state" && event.state === "connected";
  await until(() => events.filter(isConnected).length === sessionIds.length);
  return { host, lost };
}

describe("a pool of threads", () => {
  /** How many threads it takes for these actors, of the three that are allowed. */
  async function threadsFor(driver: ActorSpec["driver"], actors: number): Promise<number> {
    let connected = 0;
    const onActorEvent = async (_session: string, _epoch: number, event: ActorEvent) => {
      if (event.type === "state" && event.state === "connected") connected += 1;
    };
    const pool = new ActorPool({ ...EVENTS, onActorEvent, onLost: () => {} }, { threads: 3, threadEntry: ENTRY });
    for (let index = 0; index < actors; index += 1) pool.spawn(specOf(`s${index}`, driver));
    await until(() => connected === actors);
    const { length } = await pool.heaps();
    await pool.close();
    return length;
  }

  test("spreads light sessions, and keeps those with a browser together, eight to a thread", async () => {
    expect(await threadsFor("light", 3)).toBe(3);
    expect(await threadsFor("browser", 8)).toBe(1);
    expect(await threadsFor("browser", 9)).toBe(2);
  });
});

describe("a thread host", () => {
  test("fails every call in flight as soon as its thread dies, and reports the lost sessions", async () => {
    const { host, lost } = await startHost("one", "two");
    expect(await host.call("one", ASK)).toEqual({ about: "alive" });
    const hanging = host.call("two", HANG);
    const dying = host.call("one", DIE);
    await expect(hanging).rejects.toMatchObject({ name: "DriverError", kind: "unknown" });
    await expect(dying).rejects.toMatchObject({ name: "DriverError", kind: "unknown" });
    expect([...(await lost)].toSorted()).toEqual(["one", "two"]);
    await expect(host.call("one", ASK)).rejects.toMatchObject({ kind: "not_connected" });
    await host.close();
  });

  test("ends a thread that is blocked, and reports its sessions as lost", async () => {
    const { host, lost } = await startHost("one");
    await expect(host.call("one", BLOCK)).rejects.toMatchObject({ name: "DriverError", kind: "unknown" });
    expect(await lost).toEqual(["one"]);
    await host.close();
  }, 20_000);
});

describe("a session node", () => {
  let dataDir = "";
  let database: Database;
  let node: SessionNode;
  const sessions: string[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "wpp-node-"));
    database = await openTestDatabase(dataDir);
    const tenantId = await addTenant(database);
    for (const name of ["a", "b", "c", "d"]) sessions.push(await addSession(database, tenantId, name));
    node = new SessionNode(nodeOptionsOf(database, dataDir, 2));
    await node.start();
    await node.step();
    await until(() => countStates(node.sessions)["connected"] === 4);
  });

  afterAll(async () => {
    await node?.stop();
    await database?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const epochs = async () =>
    new Map(
      (await database.all<{ session_id: string; epoch: number }>("SELECT session_id, epoch FROM placements")).map(
        (row) => [row.session_id, row.epoch],
      ),
    );

  test("restarts the sessions of a dead thread under a new epoch, and leaves the others running", async () => {
    await expect(node.call(sessions[0]!, DIE)).rejects.toMatchObject({ kind: "unknown" });
    await until(async () =>
      countStates(node.sessions)["connected"] === 4 ? (await epochs()).get(sessions[0]!)! > 1 : false,
    );
    const now = await epochs();
    const raised = sessions.filter((id) => now.get(id)! > 1);
    expect(raised.length).toBe(2);
    expect(sessions.filter((id) => now.get(id) === 1).length).toBe(2);
    for (const id of sessions) expect(await node.call(id, ASK)).toEqual({ about: "alive" });
    const [row] = await database.all<{ state: string; reason: string }>(
      "SELECT state, reason FROM sessions WHERE id = $1",
      [sessions[0]],
    );
    expect(row).toMatchObject({ state: "connected", reason: "linked" });
    const disconnections = await database.all(
      "SELECT 1 FROM events WHERE session_id = $1 AND type = 'session.disconnected'",
      [sessions[0]],
    );
    expect(disconnections.length).toBe(1);
  });

  test("two nodes in one process cannot have the same name", () => {
    expect(
      () =>
        new SessionNode({
          database,
          dataDir,
          directoryName: "test",
          facts: nodeFacts("other"),
          lease: LEASE_TIMES,
          threads: 0,
          driverSettings: { browser: {}, light: {} },
          snapshotKey: () => Buffer.alloc(32, 1).toString("base64url"),
          openProxy: async () => null,
          onRejectedCall: () => undefined,
          findSandbox: async () => null,
          announce: () => {},
          onReleased: () => {},
          onEvent: () => {},
          log: () => {},
          onFenced: () => {},
        }),
    ).toThrow(/Another process runs sessions/);
  });
});
