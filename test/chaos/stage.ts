/** What a scenario is played on: a cluster under load, with linked sessions and a phone that receives. */
import { registerTenant, withLastingKey, type TestClient } from "../harness/client.ts";
import { startCluster, type Cluster, type StartOptions } from "../harness/cluster.ts";
import { until } from "../harness/system.ts";
import type { Volume } from "../harness/volume.ts";
import { makePhone, pairSession, type DriverName } from "../journeys/pairing.ts";
import { EventReader } from "./checker.ts";
import { Load } from "./load.ts";

/** Shorter than in production, for more faults in the same time. In ms. */
export const LEASE = { ttl: 7_000, renew: 500, fence: 2_000 } as const;

export interface StageOptions {
  readonly sessions: number;
  readonly driver: DriverName;
  /** Messages a second. */
  readonly rate: number;
  /** Further settings of every process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The data directory is on it. */
  readonly volume?: Volume | null;
}

export interface Stage {
  readonly cluster: Cluster;
  /** A client of the first app process. */
  readonly api: TestClient;
  readonly clients: () => readonly TestClient[];
  /** Names of the sessions, and the phones that they are linked to. */
  readonly phones: ReadonlyMap<string, string>;
  readonly load: Load;
  readonly reader: EventReader;
  /** The phone that receives everything. */
  readonly to: string;
  /** What the data directory is on; null for an ordinary folder. */
  readonly volume: Volume | null;
}

/** Starts a cluster of two apps and three session nodes, links the sessions, and starts the load. */
export async function openStage({ sessions, driver, rate, environment, volume = null }: StageOptions): Promise<Stage> {
  const cluster = await startCluster({
    apps: ["app-1", "app-2"],
    nodes: ["node-1", "node-2", "node-3"],
    ...(volume === null ? {} : { dataDir: volume.path }),
    environment: {
      WPP_LEASE_TTL: String(LEASE.ttl / 1_000),
      WPP_LEASE_RENEW: String(LEASE.renew / 1_000),
      WPP_LEASE_FENCE: String(LEASE.fence / 1_000),
      ...environment,
    },
  });
  try {
    const api = await withLastingKey(await registerTenant(cluster.origins()[0]!, "Chaos"));
    const clients = () => cluster.origins().map((origin) => api.at(origin));
    // Processes that start at the same time take a moment to find each other.
    for (const client of clients())
      await until(async () => (await client.ask("GET", "/sandbox/phones")).status === 200, 20_000);
    const to = await makePhone(api, "Ana");
    const phones = new Map<string, string>();
    for (let n = 1; n <= sessions; n += 1) {
      const phone = await makePhone(api, `Phone ${n}`);
      await pairSession(api, `s${n}`, driver, phone);
      phones.set(`s${n}`, phone);
    }
    const reader = new EventReader(clients);
    const load = new Load({ clients, sessions: [...phones.keys()], to, rate });
    reader.start();
    load.start();
    return { cluster, api, clients, phones, load, reader, to, volume };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** How many sessions have no live owner. */
export async function countUnowned({ cluster }: Stage): Promise<number> {
  const { rows } = await cluster.database.query<{ count: string }>(
    `SELECT count(*) FROM placements p WHERE p.desired = 'running' AND NOT EXISTS
       (SELECT 1 FROM nodes n WHERE n.incarnation = p.owner_incarnation AND n.status <> 'dead'
         AND n.lease_until > extract(epoch FROM clock_timestamp()) * 1000)`,
  );
  return Number(rows[0]!.count);
}

/** Resolves when every session has a live owner. */
export async function allOwned(stage: Stage): Promise<void> {
  await until(async () => (await countUnowned(stage)) === 0, 60_000);
}

/** True when all sessions of this incarnation have another live owner. */
export async function isTakenOver(stage: Stage, incarnation: string): Promise<boolean> {
  const { rows } = await stage.cluster.database.query("SELECT 1 FROM placements WHERE owner_incarnation = $1", [
    incarnation,
  ]);
  return rows.length === 0 && (await countUnowned(stage)) === 0;
}

/** The live incarnation of a node, waited for. A process that has ended is started again, as by a supervisor. */
export async function incarnationOf({ cluster }: Stage, node: string): Promise<string> {
  const sql = "SELECT incarnation FROM nodes WHERE node_id = $1 AND status <> 'dead'";
  const find = async () => {
    if (cluster.processes.get(node)?.isRunning() !== true) await cluster.start(node);
    return (await cluster.database.query<{ incarnation: string }>(sql, [node])).rows[0];
  };
  return (await until(find, 40_000)).incarnation;
}

/** Starts every process again that has ended, as a supervisor does. Returns their names. */
export async function revive({ cluster }: Stage): Promise<string[]> {
  const ended = [...cluster.processes].filter(([, each]) => !each.isRunning()).map(([name]) => name);
  for (const name of ended) await cluster.start(name);
  return ended;
}

/** The node that owns the most sessions, and one of them. */
export async function fullest({ cluster }: Stage): Promise<{ node: string; session: string }> {
  const { rows } = await cluster.database.query<{ node: string; session: string }>(
    `SELECT p.owner_node AS node, min(s.name) AS session FROM placements p JOIN sessions s ON s.id = p.session_id
     WHERE p.owner_node IS NOT NULL GROUP BY p.owner_node ORDER BY count(*) DESC, p.owner_node LIMIT 1`,
  );
  return rows[0]!;
}

/** Ends a node and starts it again at once, as a supervisor does. */
export async function restart({ cluster }: Stage, name: string, options?: StartOptions): Promise<void> {
  await cluster.end(name, "SIGKILL");
  await cluster.start(name, options);
}
