/** Two session nodes on PostgreSQL and NATS: sessions are shared out, moved, drained, and taken over when a node dies. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Message } from "../../contracts/message.ts";
import type { ClusterNode, Placement, Plan } from "../../contracts/routes/cluster.ts";
import type { Session } from "../../contracts/routes/session.ts";
import { TestClient } from "../harness/client.ts";
import { startNats, type NatsServer } from "../harness/nats.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { connected, makePhone, pairSession } from "./pairing.ts";

const NAMES = ["one", "two", "three", "four"];

const SHIFTED_CLOCK = join(import.meta.dirname, "../harness/shifted-clock.mjs");
const TEN_MINUTES = 600_000;

const dataDir = makeDataDir();
let nats: NatsServer;
let postgres: PostgresServer;
let environment: Record<string, string>;
let app: SystemProcess;
const nodes = new Map<string, SystemProcess>();
let api: TestClient;

/** A process with these services; `ahead` ms is how much its machine's clock is ahead. */
const start = (name: string, services: string, ahead = 0) =>
  startProcess({
    dataDir,
    environment: {
      ...environment,
      WPP_NODE_ID: name,
      WPP_SERVICES: services,
      ...(ahead === 0 ? {} : { NODE_OPTIONS: `--import ${SHIFTED_CLOCK}`, TEST_CLOCK_SHIFT: String(ahead) }),
    },
  });

async function startNode(name: string, ahead = 0): Promise<void> {
  nodes.set(name, await start(name, "session-node", ahead));
}

async function placements(): Promise<ReadonlyMap<string, string | null>> {
  const { data } = await api.expect<{ data: Placement[] }>(200, "GET", "/cluster/placements?limit=200");
  return new Map(data.map(({ name, node }) => [name, node]));
}

async function liveNodes(): Promise<ClusterNode[]> {
  const { data } = await api.expect<{ data: ClusterNode[] }>(200, "GET", "/cluster/nodes");
  return data.filter(({ state }) => state !== "dead");
}

/** Waits until all sessions are connected, each on one of these nodes. */
async function allOn(...names: string[]): Promise<void> {
  await until(async () => [...(await placements()).values()].every((node) => names.includes(node ?? "")), 40_000);
  for (const name of NAMES) await connected(api, name);
}

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
  environment = {
    WPP_NATS_URL: nats.url,
    WPP_DATABASE_URL: await createDatabase(postgres.url),
    WPP_MASTER_KEY: "a master key for this test alone, 32+",
    WPP_NODE_MEMORY: "1000",
    WPP_LEASE_TTL: "7",
    WPP_LEASE_RENEW: "0.5",
    WPP_LEASE_FENCE: "2",
  };
  app = await start("app", "api-gateway,auth,tenant,session,cluster,message,contact,event,health,sandbox");
  await Promise.all([startNode("node-1"), startNode("node-2")]);
  const anonymous = new TestClient(app.origin);
  const body = {
    setupToken: /#(\S+)/.exec(readFileSync(join(dataDir, "first-run.txt"), "utf8"))?.[1],
    tenantName: "Platform",
    name: "Ada",
    email: "ada@cluster.test",
    password: "seven green bicycles",
  };
  const { accessToken } = await anonymous.expect<{ accessToken: string }>(201, "POST", "/auth/register", body);
  api = anonymous.with({ authorization: `Bearer ${accessToken}` });
  for (const name of NAMES) await pairSession(api, name, "light", await makePhone(api, name));
}, 120_000);

afterAll(async () => {
  await Promise.all([app, ...nodes.values()].map((process) => process?.end("SIGKILL")));
  await cleanUp(dataDir);
  await Promise.all([nats?.stop(), postgres?.stop()]);
}, 60_000);

test("nodes share the sessions out by their memory", async () => {
  const loads = await until(async () => {
    const live = await liveNodes();
    return live.reduce((sum, { sessions }) => sum + sessions, 0) === NAMES.length && live;
  });
  expect(loads.map(({ node, sessions }) => [node, sessions])).toEqual([
    ["node-1", 2],
    ["node-2", 2],
  ]);
});

test("a session moves to the node that was asked for, and its log shows the move", async () => {
  const from = (await placements()).get("one");
  const to = from === "node-1" ? "node-2" : "node-1";
  const preview = await api.expect<Plan>(200, "POST", "/sessions/one/move", { node: to, dryRun: true });
  expect(preview.moves).toEqual([expect.objectContaining({ from, to })]);
  expect((await placements()).get("one")).toBe(from);
  await api.expect(200, "POST", "/sessions/one/move", { node: to });
  await until(async () => (await placements()).get("one") === to);
  await connected(api, "one");
  const events = await api.expect<{ data: { type: string; data: object }[] }>(200, "GET", "/sessions/one/events");
  expect(events.data.filter(({ type }) => type === "session.moved").map(({ data }) => data)).toEqual([
    { from, to, why: "requested", epoch: 2 },
  ]);
});

test("a drained node gives everything to the nodes of the preview, and takes sessions again", async () => {
  const plan = await api.expect<Plan>(200, "POST", "/cluster/nodes/node-1/drain", { dryRun: true });
  expect(new Set(plan.moves.map(({ to }) => to))).toEqual(new Set(["node-2"]));
  await api.expect(200, "POST", "/cluster/nodes/node-1/drain");
  await allOn("node-2");
  const progress = await until(async () => {
    const { data } = await api.expect<{ data: EventEnvelope[] }>(200, "GET", "/events?types=node.draining&limit=50");
    const steps = data.flatMap((event) => (event.type === "node.draining" ? [event.data] : []));
    return steps.at(-1)?.sessions === 0 && steps;
  });
  expect(progress[0]).toEqual({ node: "node-1", draining: true, sessions: plan.moves.length });
  await api.expect(200, "POST", "/cluster/nodes/node-1/undrain");
  const { moves } = await api.expect<Plan>(200, "POST", "/cluster/rebalance");
  expect(moves.map(({ from, to }) => [from, to])).toEqual([
    ["node-2", "node-1"],
    ["node-2", "node-1"],
  ]);
  await until(async () => [...(await placements()).values()].filter((node) => node === "node-1").length === 2);
  await allOn("node-1", "node-2");
});

test("a killed node's sessions are taken over by a neighbour long before the lease expires", async () => {
  await nodes.get("node-1")!.end("SIGKILL");
  await allOn("node-2");
  const { data } = await api.expect<{ data: ClusterNode[] }>(200, "GET", "/cluster/nodes");
  expect(data.find(({ node }) => node === "node-1")).toMatchObject({ state: "dead", leftReason: "host-lock" });
  expect(data.find(({ node }) => node === "node-1")!.leaseRemainingMs).toBeGreaterThan(-7_000);
  await startNode("node-1");
});

test("a frozen node's sessions are taken over, and it comes back as a new one without a restart", async () => {
  const frozen = nodes.get("node-2")!;
  const before = (await liveNodes()).find(({ node }) => node === "node-2")!;
  process.kill(frozen.pid, "SIGSTOP");
  try {
    await allOn("node-1");
  } finally {
    process.kill(frozen.pid, "SIGCONT");
  }
  const after = await until(async () => (await liveNodes()).find(({ node }) => node === "node-2"), 20_000);
  expect(after.incarnation).not.toBe(before.incarnation);
  await allOn("node-1");
}, 60_000);

test("what a node whose clock is ten minutes ahead leaves behind is sent by the next one", async () => {
  const ana = await makePhone(api, "Ana");
  await nodes.get("node-1")!.end("SIGTERM");
  await nodes.get("node-2")!.end("SIGTERM");
  await startNode("node-2", TEN_MINUTES);
  await allOn("node-2");
  await api.expect(200, "PATCH", "/sessions/one", { settings: { minGapMs: 2_000 } });
  await api.expect(202, "POST", "/sessions/one/restart");
  await until(async () => (await api.expect<Session>(200, "GET", "/sessions/one")).state === "connected");
  const send = (text: string) =>
    api.expect<Message>(202, "POST", "/sessions/one/messages", { to: ana, type: "text", text });
  const first = await send("paced by the clock that is ahead");
  const sent = await api.until<Message>(`/messages/${first.id}`, ({ status }) => status === "delivered");
  expect(Date.parse(sent.updatedAt) - Date.now()).toBeLessThan(TEN_MINUTES / 2);
  const second = await send("sent by the next node");
  await Promise.all([nodes.get("node-2")!.end("SIGKILL"), startNode("node-1")]);
  await api.until<Message>(`/messages/${second.id}`, ({ status }) => status === "delivered");
}, 60_000);

test("without any node, sessions are reconnecting, reads go on, and what needs an actor is refused at once", async () => {
  await Promise.all([...nodes.values()].map((node) => node.end("SIGTERM")));
  const session = await until(async () => {
    const row = await api.expect<Session>(200, "GET", "/sessions/one");
    return row.reason === "no_node" && row;
  });
  expect(session).toMatchObject({ state: "reconnecting", node: null, evidence: { liveNodes: 0 } });
  expect((await api.ask<{ code: string }>("GET", "/sessions/one/contacts")).body.code).toBe("session_not_running");
  await startNode("node-1");
  await allOn("node-1");
}, 60_000);
