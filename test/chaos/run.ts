/**
 * `npm run chaos -- --scenario kill --reps 10 --seed 1`: a real cluster (an app process, three session nodes, PostgreSQL,
 * NATS) under load, with one fault after the other. It counts what was accepted, lost and doubled, and how long sessions
 * had no owner. Scenarios: kill (SIGKILL, and a restart), term (SIGTERM, and a restart), freeze (SIGSTOP for up to two
 * leases), database (PostgreSQL hangs for longer than the fence).
 */
import { parseArgs } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Message } from "../../contracts/message.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startNats } from "../harness/nats.ts";
import { createDatabase, startPostgres, type PostgresServer } from "../harness/postgres.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { connected, inboxOf, makePhone, pairSession } from "../journeys/pairing.ts";

const { values } = parseArgs({
  options: {
    scenario: { type: "string", default: "kill" },
    reps: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    sessions: { type: "string", default: "12" },
  },
});
const LEASE = { WPP_LEASE_TTL: "7", WPP_LEASE_RENEW: "0.5", WPP_LEASE_FENCE: "2" } as const;
const NODES = ["node-1", "node-2", "node-3"];
const print = (text: string) => process.stdout.write(`${text}\n`);

interface Cluster {
  readonly api: TestClient;
  readonly nodes: Map<string, SystemProcess>;
  readonly start: (name: string) => Promise<void>;
  readonly postgres: PostgresServer;
  readonly database: pg.Client;
  readonly ana: string;
  readonly sessions: readonly string[];
}

/** Sessions whose owner is not a live node. */
async function unowned({ database }: Cluster): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    `SELECT count(*) FROM placements p WHERE p.desired = 'running' AND NOT EXISTS
       (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead'
         AND n.lease_until > extract(epoch FROM clock_timestamp()) * 1000)`,
  );
  return Number(rows[0]!.count);
}

/** The ms that the takeover of the node's sessions took, from the fault until all have another owner. */
async function takeover(cluster: Cluster, incarnation: string): Promise<number> {
  const begun = performance.now();
  const isLeft = async () => {
    const { rows } = await cluster.database.query("SELECT 1 FROM placements WHERE owner_incarnation = $1", [
      incarnation,
    ]);
    return rows.length === 0 && (await unowned(cluster)) === 0;
  };
  await until(isLeft, 60_000);
  return performance.now() - begun;
}

async function incarnationOf({ database }: Cluster, node: string): Promise<string> {
  const sql = "SELECT incarnation FROM nodes WHERE node_id = $1 AND status <> 'dead'";
  return (await until(async () => (await database.query<{ incarnation: string }>(sql, [node])).rows[0], 30_000))
    .incarnation;
}

/** The node that owns the most sessions. */
async function fullest({ database }: Cluster): Promise<string> {
  const sql = "SELECT owner_node FROM placements GROUP BY owner_node ORDER BY count(*) DESC LIMIT 1";
  return (await database.query<{ owner_node: string }>(sql)).rows[0]!.owner_node;
}

/** One fault; resolves with the ms of the takeover when everything is whole again. */
async function fault(cluster: Cluster, scenario: string, node: string, dice: number): Promise<number> {
  const process_ = cluster.nodes.get(node)!;
  const incarnation = await incarnationOf(cluster, node);
  switch (scenario) {
    case "kill":
    case "term": {
      await process_.end(scenario === "kill" ? "SIGKILL" : "SIGTERM");
      const ms = await takeover(cluster, incarnation);
      await cluster.start(node);
      return ms;
    }
    case "freeze": {
      process.kill(process_.pid, "SIGSTOP");
      const thaw = pause(1_000 + dice * 13_000).then(() => process.kill(process_.pid, "SIGCONT"));
      const begun = performance.now();
      await thaw;
      await until(async () => (await unowned(cluster)) === 0, 60_000);
      return performance.now() - begun;
    }
    case "database": {
      cluster.postgres.signal("SIGSTOP");
      await pause(3_000 + dice * 6_000);
      cluster.postgres.signal("SIGCONT");
      const begun = performance.now();
      await until(async () => (await unowned(cluster)) === 0, 60_000);
      return performance.now() - begun;
    }
    default:
      throw new Error(`there is no scenario "${scenario}"; there are kill, term, freeze and database`);
  }
}

const dataDir = makeDataDir();
const [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
const url = await createDatabase(postgres.url);
const environment = {
  ...LEASE,
  WPP_NATS_URL: nats.url,
  WPP_DATABASE_URL: url,
  WPP_MASTER_KEY: "a master key for this run alone, 32+",
};
const begin = (name: string, services: string) =>
  startProcess({ dataDir, environment: { ...environment, WPP_NODE_ID: name, WPP_SERVICES: services } });
const app = await begin("app", "api-gateway,auth,tenant,session,cluster,message,event,health,sandbox");
const nodes = new Map<string, SystemProcess>();
const start = async (name: string) => void nodes.set(name, await begin(name, "session-node"));
const database = new pg.Client({ connectionString: url });
database.on("error", () => undefined);
try {
  for (const name of NODES) await start(name);
  await database.connect();
  const api = await registerTenant(app.origin);
  const ana = await makePhone(api, "Ana");
  const names = Array.from({ length: Number(values.sessions) }, (_, index) => `s${index}`);
  for (const name of names) await pairSession(api, name, "light", await makePhone(api, name));
  const cluster: Cluster = { api, nodes, start, postgres, database, ana, sessions: names };

  const accepted: string[] = [];
  const over = new AbortController();
  let refused = 0;
  const load = (async () => {
    for (let n = 0; !over.signal.aborted; n += 1) {
      const body = { to: ana, type: "text", text: `n${n}` };
      const answer = await api.ask<Message>("POST", `/sessions/${names[n % names.length]}/messages`, body);
      if (answer.status === 202) accepted.push(answer.body.waId);
      else refused += 1;
      await pause(40);
    }
  })();
  let state = Number(values.seed);
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const takeovers: number[] = [];
  for (let rep = 1; rep <= Number(values.reps); rep += 1) {
    const node = await fullest(cluster);
    takeovers.push(await fault(cluster, values.scenario, node, random()));
    print(
      `${values.scenario} ${rep}/${values.reps} ${node}: ${Math.round(takeovers.at(-1)!)} ms, ${accepted.length} accepted`,
    );
    for (const name of NODES) await incarnationOf(cluster, name);
    // The next fault meets a cluster that works.
    const before = accepted.length;
    await until(() => accepted.length > before + 20, 60_000);
  }
  over.abort();
  await load;
  for (const name of names) await connected(api, name);
  const ids = new Set(accepted);
  const received = async () => {
    const { rows } = await database.query<{ count: string }>(
      "SELECT count(*) FROM messages WHERE direction = 'outbound' AND status NOT IN ('sent', 'delivered', 'read')",
    );
    return Number(rows[0]!.count) === 0;
  };
  await until(received, 120_000);
  const inbox = await inboxOf(api, ana);
  const counts = new Map<string, number>();
  for (const { id } of inbox) counts.set(id, (counts.get(id) ?? 0) + 1);
  const lost = [...ids].filter((id) => !counts.has(id)).length;
  const doubled = [...ids].filter((id) => (counts.get(id) ?? 0) > 1).length;
  const resent = inbox.filter(({ duplicates }) => duplicates > 0).length;
  const sorted = takeovers.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  print("| scenario | faults | accepted | refused | lost | doubled | same id again | takeover p50 | max |");
  print("| -------- | -----: | -------: | ------: | ---: | ------: | ------------: | -----------: | --: |");
  print(
    `| ${values.scenario} | ${values.reps} | ${ids.size} | ${refused} | ${lost} | ${doubled} | ${resent} | ${at(0.5)} ms | ${at(1)} ms |`,
  );
  if (lost + doubled > 0) process.exitCode = 1;
} finally {
  await database.end().catch(() => undefined);
  await Promise.all([app, ...nodes.values()].map((each) => each.end("SIGKILL")));
  await cleanUp(dataDir);
  await Promise.all([nats.stop(), postgres.stop()]);
}
