/** A PostgreSQL server for one test run, in a temporary directory and on a free port, with a database per test file. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { freePort } from "./port.ts";

const DEBIAN = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs; throws with a remedy when they are not installed. */
function findPrograms(): string {
  const onPath = (process.env["PATH"] ?? "").split(":").find((folder) => existsSync(join(folder, "initdb")));
  if (onPath !== undefined) return dirname(realpathSync(join(onPath, "initdb")));
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(DEBIAN, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")));
  if (found === undefined)
    throw new Error("PostgreSQL is not installed; run `npm run setup`, or install the package postgresql");
  return found;
}

/** PostgreSQL refuses to run as root; in that case it runs as its own user. */
function identity(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"]).toString()));
  return { uid: uid!, gid: gid! };
}

export interface PostgresServer {
  /** postgres://… of the server's first database. */
  readonly url: string;
  /** Sends the signal to every process of the server: SIGSTOP makes it hang, SIGCONT ends that. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** Sends the signal to the processes that receive from the primary, or send to standbys. */
  signalReplication(name: "SIGSTOP" | "SIGCONT"): void;
  /** Its processes. */
  pids(): number[];
  /** Ends it without a checkpoint, as a crash does. */
  crash(): Promise<void>;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server with the durability of production, for benchmarks and for tests that kill processes. `settings` are
 * further ones, as `name=value`.
 */
export function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  return startServer(
    (programs, data, run) =>
      run(join(programs, "initdb"), [
        ...["-D", data, "-A", "trust", "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
      ]),
    settings,
  );
}

/** Starts a standby of a server. A name makes the primary able to wait for it, as `synchronous_standby_names`. */
export function startStandby(primary: PostgresServer, name: string): Promise<PostgresServer> {
  return startServer((programs, data, run) =>
    run(join(programs, "pg_basebackup"), [
      ...["-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync"],
      ...["-d", `${primary.url}?application_name=${name}`],
    ]),
  );
}

type Prepare = (programs: string, data: string, run: (program: string, args: string[]) => void) => void;

async function startServer(prepare: Prepare, settings: readonly string[] = []): Promise<PostgresServer> {
  const programs = findPrograms();
  const who = identity();
  const root = mkdtempSync(join(tmpdir(), "wpp-postgres-"));
  chmodSync(root, 0o700);
  if (who.uid !== undefined) chownSync(root, who.uid, who.gid!);
  const data = join(root, "data");
  prepare(programs, data, (program, args) => execFileSync(program, args, { ...who, cwd: root, stdio: "ignore" }));
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;
  const start = async () => {
    server = spawn(
      join(programs, "postgres"),
      [
        ...["-D", data, "-p", String(port), "-k", root],
        ...["listen_addresses=127.0.0.1", "max_connections=300", ...settings].flatMap((setting) => ["-c", setting]),
      ],
      { ...who, cwd: root, stdio: "ignore" },
    );
    await untilReady(url, server);
  };
  const end = async (signal: "SIGINT" | "SIGQUIT") => {
    const ending = server;
    server = undefined;
    if (ending === undefined) return;
    const gone = new Promise((resolve) => ending.once("exit", resolve));
    // A process that is stopped does not end.
    for (const pid of [ending.pid!, ...childrenOf(ending.pid!)]) signalTo(pid, "SIGCONT");
    ending.kill(signal);
    await gone;
  };
  const pids = () => (server === undefined ? [] : [server.pid!, ...childrenOf(server.pid!)]);
  await start();
  return {
    url,
    pids,
    signal: (name) => {
      for (const pid of pids()) signalTo(pid, name);
    },
    signalReplication: (name) => {
      const own = server === undefined ? [] : childrenOf(server.pid!);
      const isReplication = (pid: number) => /wal(?:receiver|sender)/.test(commandOf(pid));
      for (const pid of own.filter(isReplication)) signalTo(pid, name);
    },
    crash: () => end("SIGQUIT"),
    start,
    stop: async () => {
      await end("SIGINT");
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // The process ended meanwhile.
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // The process ended meanwhile.
    return "";
  }
}

/** The pids of a process's children. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === parent;
      } catch {
        // The process ended meanwhile.
        return false;
      }
    });
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with code ${server.exitCode}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

let databases = 0;

/** A new, empty database on the server; its URL. */
export async function createDatabase(serverUrl: string): Promise<string> {
  databases += 1;
  const name = `t${process.pid}_${Date.now()}_${databases}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
