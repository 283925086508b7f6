/** The system as its users run it: `npm start` in a separate process, on a temporary directory and a free port. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { databaseEnvironment } from "./database.ts";
import { until } from "./system.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Lets the processes of a run share compiled code: a start takes about a third less time. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), "wpp-compile-cache") } as const;

export interface SystemProcess {
  /** Empty for a process without a gateway. */
  readonly origin: string;
  readonly pid: number;
  readonly dataDir: string;
  /** False once it has ended, of itself or not. */
  isRunning(): boolean;
  /** Everything that it has printed so far. */
  output(): string;
  /** Sends the signal and resolves with the exit code (null after SIGKILL). */
  end(signal: "SIGINT" | "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

export interface ProcessOptions {
  readonly dataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder of another version of the system. */
  readonly version?: string;
  /** In a namespace of its own it sees no other process, like in a container. Its pid is then that of its parent. */
  readonly isolated?: boolean;
}

const NAMESPACE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"] as const;

const running = new Set<ChildProcess>();

/** Starts the system and waits until it reports that it is up. */
export async function startProcess(options: ProcessOptions): Promise<SystemProcess> {
  const prefix = options.isolated === true ? NAMESPACE : [];
  const [program = "", ...args] = [...prefix, process.execPath, "scripts/start.ts"];
  const child = spawn(program, args, {
    cwd: options.version ?? ROOT,
    env: {
      PATH: process.env["PATH"],
      HOME: options.dataDir,
      ...COMPILE_CACHE,
      WPP_DATA_DIR: options.dataDir,
      WPP_PORT: "0",
      WPP_SIGNUP: "open",
      WPP_LOG_LEVEL: "warn",
      WPP_SANDBOX: "on",
      ...(await databaseEnvironment(options.dataDir)),
      ...options.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  const exited = new Promise<number | null>((resolveExit) => child.once("exit", resolveExit)).finally(() =>
    running.delete(child),
  );
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const isUp = () => {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}:\n${output}`);
    return / is up: /.test(output) && output.includes("Stop      Ctrl-C");
  };
  await until(isUp, 40_000);
  const origin = /API\s+(http:\S+)\/api\/v1/.exec(output)?.[1] ?? "";
  return {
    origin,
    pid: child.pid!,
    dataDir: options.dataDir,
    isRunning: () => running.has(child),
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** A data directory for one test file. */
export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), "wpp-blackbox-"));
}

/** Ends processes that a failed test has left running, and removes the directory. */
export async function cleanUp(dataDir: string): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      child.kill("SIGKILL");
      await new Promise((done) => child.once("exit", done));
    }),
  );
  await until(() => processesOn(dataDir).length === 0);
  rmSync(dataDir, { recursive: true, force: true });
}

/** The process, and everything that it has started. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // The process ended meanwhile.
    }
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Pids of processes whose command line contains the directory, such as browsers that were left behind. */
export function processesOn(dataDir: string): number[] {
  const pids: number[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (readFileSync(`/proc/${entry}/cmdline`, "utf8").includes(dataDir)) pids.push(Number(entry));
    } catch {
      // The process ended meanwhile.
    }
  }
  return pids;
}
