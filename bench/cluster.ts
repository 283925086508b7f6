/**
 * `npm run bench:cluster [idle|cold-start|placement …]`: three session nodes, one app process and the simulated network,
 * with real PostgreSQL and NATS. `idle`: statements and CPU of sessions that do nothing. `cold-start`: all sessions
 * after every process was killed. `placement`: how even the nodes are after one joins, leaves, or all restart.
 * `--sessions 500,2000,10000` are the steps of `idle`; the last one is the number of `cold-start` (2,000 by default).
 */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import { registerTenant, type TestClient } from "../test/harness/client.ts";
import { startCluster, type Cluster } from "../test/harness/cluster.ts";
import { until } from "../test/harness/system.ts";
import { percentile, round, toMarkdown, type Figure, type Section } from "./figures.ts";
import { pairMany } from "./sessions.ts";
import { cpuOf } from "./subject.ts";

const NODES = ["node-1", "node-2", "node-3"];
const CALM = 30_000;
const MEASURED = 20_000;
/** The rebalancing looks every 30 s, and leaves nodes alone for 2 minutes after a start. */
const EVEN_WITHIN = 600_000;

/** Seconds of CPU that the processes have used. One that has ended meanwhile counts with its parent. */
function sumCpu(pids: readonly number[]): number {
  return pids.filter((pid) => existsSync(`/proc/${pid}/stat`)).reduce((sum, pid) => sum + cpuOf(pid), 0);
}

async function statementsOf({ database }: Cluster): Promise<number> {
  const { rows } = await database.query<{ calls: string }>("SELECT sum(calls) AS calls FROM pg_stat_statements");
  return Number(rows[0]!.calls);
}

async function connectedOf({ database }: Cluster): Promise<number> {
  const { rows } = await database.query<{ count: string }>("SELECT count(*) FROM sessions WHERE state = 'connected'");
  return Number(rows[0]!.count);
}

async function allConnected(cluster: Cluster, count: number): Promise<void> {
  await until(async () => (await connectedOf(cluster)) >= count, 900_000);
}

async function open(nodes = NODES): Promise<{ cluster: Cluster; api: TestClient }> {
  const cluster = await startCluster({
    apps: ["app-1"],
    nodes,
    environment: { WPP_NODE_MEMORY: "100000", WPP_RATE_LIMIT: "1000000", WPP_LOG_LEVEL: "warn" },
    postgres: ["shared_preload_libraries=pg_stat_statements"],
  });
  await cluster.database.query("CREATE EXTENSION pg_stat_statements");
  const api = await registerTenant(cluster.origins()[0]!, "Bench", cluster.dataDir);
  // Processes that start at the same time take a moment to find each other.
  await until(async () => (await api.ask("GET", "/sandbox/phones")).status === 200, 20_000);
  return { cluster, api };
}

async function benchIdle(steps: readonly number[]): Promise<Section> {
  const { cluster, api } = await open();
  const figures: Figure[] = [];
  try {
    let paired = 0;
    for (const count of [0, ...steps]) {
      await pairMany(api, paired, count);
      paired = count;
      await allConnected(cluster, count);
      await pause(CALM);
      const pids = NODES.map((name) => cluster.processes.get(name)!.pid);
      const ofDatabase = () => sumCpu(cluster.postgres.pids());
      const before = { statements: await statementsOf(cluster), nodes: sumCpu(pids), database: ofDatabase() };
      await pause(MEASURED);
      const seconds = MEASURED / 1_000;
      const statements = ((await statementsOf(cluster)) - before.statements) / seconds;
      const share = (used: number) => `${round((used / seconds) * 100)} %`;
      const figure = {
        what: `${count.toLocaleString("en-US")} idle sessions`,
        value: `${round(statements)} statements/s`,
        comparison: `CPU of a core: PostgreSQL ${share(ofDatabase() - before.database)}, all nodes ${share(sumCpu(pids) - before.nodes)}`,
      };
      figures.push(figure);
      process.stdout.write(`${figure.what}: ${figure.value}; ${figure.comparison}\n`);
    }
  } finally {
    await cluster.stop();
  }
  return { title: "Idle sessions on three nodes", figures };
}

async function benchColdStart(count: number): Promise<Section> {
  const { cluster, api } = await open();
  try {
    await pairMany(api, 0, count);
    await allConnected(cluster, count);
    for (const name of ["app-1", ...NODES]) await cluster.end(name, "SIGKILL");
    await cluster.database.query("UPDATE sessions SET state = 'reconnecting' WHERE state = 'connected'");
    const begun = performance.now();
    const { rows } = await cluster.database.query<{ at: string }>(
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at",
    );
    await Promise.all(["app-1", ...NODES].map((name) => cluster.start(name)));
    const started = performance.now() - begun;
    await allConnected(cluster, count);
    const total = performance.now() - begun;
    const times = await cluster.database.query<{ ms: string }>(
      "SELECT since - $1::bigint AS ms FROM sessions WHERE state = 'connected'",
      [rows[0]!.at],
    );
    const ms = times.rows.map((row) => Number(row.ms));
    return {
      title: `Cold start of ${count.toLocaleString("en-US")} light sessions on three nodes`,
      figures: [
        { what: "every process is ready", value: `${round(started / 1_000)} s` },
        {
          what: "all sessions connected",
          value: `${round(total / 1_000)} s`,
          comparison: "from the start of the processes",
        },
        {
          what: "a session connected",
          value: `p50 ${round(percentile(ms, 50) / 1_000)} s, p95 ${round(percentile(ms, 95) / 1_000)} s`,
        },
      ],
    };
  } finally {
    await cluster.stop();
  }
}

async function countsOf({ database }: Cluster): Promise<Map<string, number>> {
  const { rows } = await database.query<{ node_id: string; count: string }>(
    `SELECT n.node_id, count(p.session_id) FROM nodes n LEFT JOIN placements p ON p.owner_incarnation = n.incarnation
     WHERE n.status = 'up' GROUP BY n.node_id ORDER BY n.node_id`,
  );
  return new Map(rows.map((row) => [row.node_id, Number(row.count)]));
}

/** Within 10 % of the mean, or one session. */
function isEven(counts: ReadonlyMap<string, number>, total: number): boolean {
  const mean = total / counts.size;
  const sum = [...counts.values()].reduce((all, count) => all + count, 0);
  return sum === total && [...counts.values()].every((count) => Math.abs(count - mean) <= Math.max(1, mean * 0.1));
}

async function benchPlacement(count: number): Promise<Section> {
  const { cluster, api } = await open();
  const figures: Figure[] = [];
  const movesSoFar = async () => {
    const { rows } = await cluster.database.query<{ count: string }>(
      "SELECT count(*) FROM events WHERE type = 'session.moved'",
    );
    return Number(rows[0]!.count);
  };
  const measure = async (what: string, nodes: number, ideal: number | null, change: () => Promise<unknown>) => {
    const before = await movesSoFar();
    const begun = performance.now();
    await change();
    await until(async () => {
      const counts = await countsOf(cluster);
      return counts.size === nodes && isEven(counts, count);
    }, EVEN_WITHIN);
    await allConnected(cluster, count);
    const seconds = (performance.now() - begun) / 1_000;
    const moves = (await movesSoFar()) - before;
    const counts = [...(await countsOf(cluster)).values()].join(", ");
    figures.push({
      what,
      value: `${counts} sessions; even after ${round(seconds)} s`,
      comparison: ideal === null ? `${moves} moves` : `${moves} moves, at least ${ideal} needed`,
    });
    process.stdout.write(`${what}: ${figures.at(-1)!.value}; ${figures.at(-1)!.comparison}\n`);
  };
  try {
    await pairMany(api, 0, count);
    await allConnected(cluster, count);
    const drain = (node: string, what: "drain" | "undrain") =>
      api.expect(200, "POST", `/cluster/nodes/${node}/${what}`);
    await measure("a fourth node joins", 4, count / 4, () => cluster.start("node-4"));
    await measure("it is drained and leaves", 3, count / 4, async () => {
      await drain("node-4", "drain");
      await until(
        async () => (await countsOf(cluster)).size === 3 && isEven(await countsOf(cluster), count),
        EVEN_WITHIN,
      );
      await cluster.end("node-4", "SIGTERM");
    });
    await measure("every node restarts in turn", 3, null, async () => {
      for (const name of NODES) {
        await cluster.end(name, "SIGTERM");
        await cluster.start(name);
        await allConnected(cluster, count);
      }
    });
  } finally {
    await cluster.stop();
  }
  return { title: `Placement of ${count} sessions`, figures };
}

const SUITES = ["idle", "cold-start", "placement"] as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sessions: { type: "string", default: "500,2000,10000" } },
});
const unknown = positionals.filter((name) => !(SUITES as readonly string[]).includes(name));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(", ")}; accepted: ${SUITES.join(", ")}\n`);
  process.exit(2);
}
const wanted = positionals.length === 0 ? SUITES : positionals;
const sections: Section[] = [];
if (wanted.includes("idle")) sections.push(await benchIdle(values.sessions.split(",").map(Number)));
if (wanted.includes("cold-start")) sections.push(await benchColdStart(2_000));
if (wanted.includes("placement")) sections.push(await benchPlacement(60));
process.stdout.write(`\n${toMarkdown(sections)}\n`);
