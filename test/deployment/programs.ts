/** Programs installed on this machine, and processes that a test starts and stops. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { until } from "../harness/system.ts";

export const ROOT = resolve(import.meta.dirname, "../..");
/** The user that the image runs as. */
export const IMAGE_USER = { uid: 10_001, gid: 10_001 };

const POSTGRES = "/usr/lib/postgresql";

/** The search path of programs: PATH and the folders in which Debian installs servers. */
export function searchPath(): string {
  const servers = existsSync(POSTGRES) ? readdirSync(POSTGRES).map((version) => join(POSTGRES, version, "bin")) : [];
  return [process.env["PATH"] ?? "", "/usr/sbin", "/usr/local/sbin", ...servers].join(":");
}

/** The path of a program; undefined when it is not installed. */
export function findProgram(name: string): string | undefined {
  return searchPath()
    .split(":")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Runs a program and returns its output; throws when it fails. */
export function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(program, args, {
    encoding: "utf8",
    cwd: ROOT,
    stdio: "pipe",
    env: { PATH: searchPath(), ...environment },
    maxBuffer: 50_000_000,
  });
}

/** The image's user, if this process may switch to it and it may read the project; undefined otherwise. */
export function imageUser(): typeof IMAGE_USER | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return spawnSync(
    process.execPath,
    ["-e", `fs.readdirSync(${JSON.stringify(join(ROOT, "node_modules"))})`],
    IMAGE_USER,
  ).status === 0
    ? IMAGE_USER
    : undefined;
}

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

export interface Spawned {
  output(): string;
  /** Sends SIGTERM and resolves to the exit code; sends SIGKILL after 15 s. */
  end(): Promise<number | null>;
}

interface SpawnOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: typeof IMAGE_USER | undefined;
  /** Returns true once the server is up. */
  readonly isUp: (output: string) => boolean | Promise<boolean>;
}

/** Starts a server and waits until it is up. */
export async function start(program: string, args: readonly string[], options: SpawnOptions): Promise<Spawned> {
  const child: ChildProcess = spawn(program, args, {
    cwd: options.cwd,
    env: { PATH: searchPath(), ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...options.user,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  const end = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), 15_000);
    return exited.finally(() => clearTimeout(kill));
  };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${program} exited with code ${child.exitCode}:\n${output}`);
      return options.isUp(output);
    }, 40_000);
  } catch (error) {
    await end();
    throw error;
  }
  return { output: () => output, end };
}
