/** Sessions that end leave nothing behind, and their rows show the final state even if their owner is gone. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ActorCall } from "../../actors/protocol.ts";
import { recordUnowned } from "../../actors/membership.ts";
import { SessionNode } from "../../actors/session-node.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { setDesired } from "../../db/statements/sessions/placements.ts";
import { addSession, addTenant, nodeOptionsOf, openTestDatabase } from "../harness/session-rows.ts";
import { until } from "../harness/system.ts";

const ASK: ActorCall = { kind: "operation", name: "getAbout", input: { chatId: "15550100001@c.us" } };
const UNLINK: ActorCall = { kind: "operation", name: "leaveGroup", input: { groupId: "x" } };

let dataDir = "";
let database: Database;
let tenantId: Id<"tenant">;
let node: SessionNode;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-endings-"));
  database = await openTestDatabase(dataDir);
  tenantId = await addTenant(database);
  node = new SessionNode(nodeOptionsOf(database, dataDir, 1));
});

afterEach(async () => {
  await node.stop();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function rowOf(id: string) {
  const rows = await database.all<{
    state: string;
    reason: string;
    desired: string;
    owner: string | null;
    epoch: number;
  }>(
    `SELECT s.state, s.reason, p.desired, p.owner_incarnation AS owner, p.epoch
     FROM sessions s JOIN placements p ON p.session_id = s.id WHERE s.id = $1`,
    [id],
  );
  return rows[0]!;
}

async function connect(id: string): Promise<void> {
  await node.step();
  await until(async () => (await rowOf(id)).state === "connected");
}

test("a session whose logout failed is stopped with that reason and keeps its profile", async () => {
  await node.start();
  const id = await addSession(database, tenantId, "main", { behaviour: "clinging" });
  await connect(id);
  await setDesired(database, id, "logout", false);
  await node.step();
  await until(async () => (await rowOf(id)).owner === null);
  expect(await rowOf(id)).toMatchObject({ state: "stopped", reason: "logout_failed", desired: "stopped" });
  expect(existsSync(join(dataDir, "profiles", id))).toBe(true);
});

test("a session that the phone has logged out is removed from its thread, with its profile", async () => {
  await node.start();
  const id = await addSession(database, tenantId);
  await connect(id);
  await node.call(id, UNLINK);
  await until(async () => (await rowOf(id)).owner === null);
  await expect(node.call(id, ASK)).rejects.toThrow("the session does not run here");
  expect(existsSync(join(dataDir, "profiles", id))).toBe(false);
});

test("sessions without a live owner that are not to run become stopped", async () => {
  await database.run(
    `INSERT INTO nodes (incarnation, node_id, host_id, status, lease_until, started_at)
     VALUES ('gone', 'gone', 'gone', 'dead', 1, 1)`,
  );
  const leave = async (name: string, state: string, desired: string, owner: string | null) => {
    const id = await addSession(database, tenantId, name);
    await database.run("UPDATE sessions SET state = $2, reason = 'linked', auto_start = 0 WHERE id = $1", [id, state]);
    await database.run(
      "UPDATE placements SET desired = $2, owner_incarnation = $3, owner_node = $3 WHERE session_id = $1",
      [id, desired, owner],
    );
    return id;
  };
  const left = [
    await leave("without automatic start", "connected", "running", "gone"),
    await leave("stopped after its owner had died", "connected", "stopped", "gone"),
    await leave("stopped between two attempts", "reconnecting", "stopped", null),
  ];
  const failed = await leave("failed", "failed", "stopped", null);
  await node.start();
  await recordUnowned(database);
  for (const id of left)
    expect(await rowOf(id)).toMatchObject({ state: "stopped", reason: "requested", desired: "stopped" });
  expect(await rowOf(failed)).toMatchObject({ state: "failed", epoch: 0 });
  const disconnections = await database.all("SELECT 1 FROM events WHERE type = 'session.disconnected'");
  expect(disconnections.length).toBe(3);
  await node.step();
  for (const id of left) expect(await rowOf(id)).toMatchObject({ owner: null, epoch: 0 });
});
