/** A measured server in a separate process, with its use of CPU and memory. */
import { readFileSync } from "node:fs";
import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";

const TICKS_PER_SECOND = 100;

export interface Subject {
  readonly origin: string;
  /** CPU seconds used so far, user and system. */
  cpu(): number;
  /**
   * Resident memory in bytes, after garbage is collected and returned to the operating system. Only for the system: the
   * signal would end other servers.
   */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a server that prints its origin (`http://…`) on a separate line. */
export async function startSubject(script: string, args: readonly string[] = []): Promise<Subject> {
  const child: ChildProcess = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let output = "";
  child.stdout!.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    const origin = /^(http:\S+)$/m.exec(output)?.[1];
    if (origin !== undefined) resolve(origin);
  });
  child.once("exit", (code) => reject(new Error(`${script} ended with code ${code}: ${output}`)));
  const timer = globalThis.setTimeout(() => reject(new Error(`${script} did not start: ${output}`)), 30_000);
  const origin = await promise.finally(() => clearTimeout(timer));
  return {
    origin,
    cpu: () => cpuOf(child.pid!),
    memory: () => settledMemory(child),
    stop: async () => {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Starts the system with these settings (names as in the configuration). */
export function startSystemSubject(settings: Readonly<Record<string, string>>): Promise<Subject> {
  return startSubject("bench/servers/system.ts", [JSON.stringify(settings)]);
}

/** CPU seconds of a process, and of its children that have ended. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}

/** V8 returns memory to the operating system only some time after a collection. */
async function settledMemory(child: ChildProcess): Promise<number> {
  for (const wait of [20_000, 20_000]) {
    child.kill("SIGUSR2");
    await setTimeout(wait);
  }
  return memoryOf(child.pid!);
}

/** Resident bytes of a process. */
export function memoryOf(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) * 1_024;
}
