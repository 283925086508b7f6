/**
 * A cluster on this machine: app processes, session nodes and the simulated WhatsApp network, each a process of its
 * own, with real PostgreSQL, NATS and Redis. Every process reaches these through proxies of its own, so that the
 * network of one process can be cut.
 */
import { join } from "node:path";
import pg from "pg";
import { startNats, type NatsServer } from "./nats.ts";
import { freePort } from "./port.ts";
import { createDatabase, startPostgres, type PostgresServer } from "./postgres.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "./process.ts";
import { startRedis, type RedisServer } from "./redis.ts";
import { until } from "./system.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

const APP_SERVICES =
  "api-gateway,auth,tenant,session,cluster,message,event,contact,group,presence,webhook,analytics,health";
const SHIFTED_CLOCK = join(import.meta.dirname, "shifted-clock.mjs");

/** What a process depends on; each is reached through a proxy. */
export type Dependency = "database" | "nats" | "redis";
export type Links = Readonly<Record<Dependency, TcpProxy>>;

export interface ClusterOptions {
  readonly apps: readonly string[];
  readonly nodes: readonly string[];
  /** Further settings of every process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Settings of the PostgreSQL server, as `name=value`. */
  readonly postgres?: readonly string[];
  /** The data directory that all processes but the simulated network share; a temporary one by default. */
  readonly dataDir?: string;
  /** The folder of the version that all processes begin with; this one by default. */
  readonly version?: string;
}

export interface StartOptions {
  /** ms that the clock of the process's machine is ahead. */
  readonly clockAhead?: number;
  /** The folder of another version. */
  readonly version?: string;
}

export interface Cluster {
  readonly dataDir: string;
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  /** The running processes by name: apps, nodes, and `sandbox`. */
  readonly processes: ReadonlyMap<string, SystemProcess>;
  /** Names of the app processes and of the session nodes, running or not. */
  readonly apps: readonly string[];
  readonly nodes: readonly string[];
  /** A connection to the database that is never cut. */
  readonly database: pg.Client;
  links(name: string): Links;
  origins(): string[];
  /** Starts a process that has ended, or a new session node. */
  start(name: string, options?: StartOptions): Promise<void>;
  /** Ends a process with the signal, and resolves with its exit code. */
  end(name: string, signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  stopNats(): Promise<void>;
  startNats(): Promise<void>;
  /** Connects again after the database was down. */
  reconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything; the caller must `stop` it. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const own = makeDataDir();
  const dataDir = options.dataDir ?? own;
  const [firstNats, postgres, redis] = await Promise.all([startNats(), startPostgres(options.postgres), startRedis()]);
  let nats: NatsServer | undefined = firstNats;
  const databaseUrl = await createDatabase(postgres.url);
  const urls = { database: databaseUrl, nats: firstNats.url, redis: redis.url };
  const apps = [...options.apps];
  const nodes = [...options.nodes];
  const processes = new Map<string, SystemProcess>();
  const links = new Map<string, Links>();
  const ports = new Map<string, number>();
  let database = await connect(databaseUrl);

  const start = async (name: string, { clockAhead = 0, version }: StartOptions = {}) => {
    const isApp = apps.includes(name);
    if (!isApp && name !== "sandbox" && !nodes.includes(name)) nodes.push(name);
    if (!links.has(name)) links.set(name, await openLinks(urls));
    if (isApp && !ports.has(name)) ports.set(name, await freePort());
    const { database: toDatabase, nats: toNats, redis: toRedis } = links.get(name)!;
    const services = isApp ? APP_SERVICES : name === "sandbox" ? "sandbox" : "session-node";
    const environment = {
      WPP_DATABASE_URL: through(urls.database, toDatabase),
      WPP_NATS_URL: through(urls.nats, toNats),
      WPP_REDIS_URL: through(urls.redis, toRedis),
      WPP_MASTER_KEY: "a master key for this run alone, 32+",
      WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8",
      ...options.environment,
      WPP_NODE_ID: name,
      WPP_SERVICES: services,
      ...(isApp ? { WPP_PORT: String(ports.get(name)) } : {}),
      ...(clockAhead === 0 ? {} : { NODE_OPTIONS: `--import ${SHIFTED_CLOCK}`, TEST_CLOCK_SHIFT: String(clockAhead) }),
    };
    // The simulated network plays WhatsApp: it does not depend on our volumes.
    const directory = name === "sandbox" ? own : dataDir;
    processes.set(
      name,
      await startProcess({ dataDir: directory, environment, ...(version === undefined ? {} : { version }) }),
    );
  };

  const cluster: Cluster = {
    dataDir,
    postgres,
    redis,
    processes,
    apps,
    nodes,
    get database() {
      return database;
    },
    links: (name) => links.get(name)!,
    origins: () => apps.flatMap((name) => (ports.has(name) ? [`http://127.0.0.1:${ports.get(name)}`] : [])),
    start,
    end: async (name, signal) => {
      const ending = processes.get(name)!;
      processes.delete(name);
      return ending.end(signal);
    },
    stopNats: async () => {
      await nats?.stop();
      nats = undefined;
    },
    startNats: async () => {
      nats = await startNats(Number(new URL(urls.nats).port));
    },
    reconnect: async () => {
      await database.end().catch(() => undefined);
      database = await until(() => connect(databaseUrl).catch(() => undefined), 30_000);
    },
    stop: async () => {
      await database.end().catch(() => undefined);
      await Promise.all([...processes.values()].map((each) => each.end("SIGKILL")));
      await cleanUp(own);
      await Promise.all([...links.values()].flatMap((each) => Object.values<TcpProxy>(each).map((one) => one.close())));
      await Promise.all([nats?.stop(), postgres.stop(), redis.stop()]);
    },
  };
  try {
    // The first app migrates the database.
    const first = options.version === undefined ? {} : { version: options.version };
    await start(apps[0]!, first);
    await Promise.all([...apps.slice(1), ...nodes, "sandbox"].map((name) => start(name, first)));
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // It ends with the server; the next statement says so.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function openLinks(urls: Readonly<Record<Dependency, string>>): Promise<Links> {
  const proxyOf = (url: string) => startTcpProxy(Number(new URL(url).port));
  const [database, nats, redis] = await Promise.all([proxyOf(urls.database), proxyOf(urls.nats), proxyOf(urls.redis)]);
  return { database, nats, redis };
}

function through(url: string, proxy: TcpProxy): string {
  const changed = new URL(url);
  changed.port = String(proxy.port);
  return changed.href;
}
