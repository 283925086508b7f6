/** Measures the processes and memory of the browsers on the profiles of a data directory, from /proc. */
import { readdir, readFile, readlink } from "node:fs/promises";
import type { DriverUsage } from "../../contracts/node-status.ts";

interface Process {
  readonly pid: string;
  readonly state: string;
  readonly parent: string;
  readonly group: string;
  /** In ticks since the machine was started. */
  readonly startedAt: number;
}

const KILOBYTE = 1_024;
/** Linux's own constant for /proc. */
const TICKS_PER_SECOND = 100;
/** Where a process's start is in its stat file, counted from the state. */
const START_TIME = 19;

/** The file's text; empty when the process has ended meanwhile. */
function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function readProcess(pid: string): Promise<Process | null> {
  const stat = await read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group] = fields;
  if (state === undefined || parent === undefined || group === undefined) return null;
  return { pid, state, parent, group, startedAt: Number(fields[START_TIME]) };
}

/** The session on whose profile a browser runs; null for other processes. */
async function sessionOf({ pid, group }: Process, profilesDir: string): Promise<string | null> {
  // Puppeteer makes Chromium the leader of its own process group.
  if (pid !== group) return null;
  const start = `--user-data-dir=${profilesDir}/`;
  const argument = (await read(`/proc/${pid}/cmdline`)).split("\0").find((candidate) => candidate.startsWith(start));
  return argument?.slice(start.length).split("/")[0] ?? null;
}

async function readBytes({ pid }: Process): Promise<number> {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(await read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * KILOBYTE;
}

/** True when the parent is not a Node process like this one, so the one that started the browser has ended. */
async function isOrphan({ parent }: Process): Promise<boolean> {
  const [ours, theirs] = await Promise.all([
    readlink("/proc/self/exe"),
    readlink(`/proc/${parent}/exe`).catch(() => ""),
  ]);
  return ours !== theirs;
}

/** Measures all browsers; null where there is no /proc. */
export async function measureUsage(profilesDir: string): Promise<DriverUsage | null> {
  const names = await readdir("/proc").catch(() => null);
  if (names === null) return null;
  const processes = (await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readProcess))).filter(
    (entry) => entry !== null,
  );
  const living = processes.filter(({ state }) => state !== "Z");
  const browsers: { leader: Process; sessionId: string; group: Process[] }[] = [];
  for (const leader of living) {
    const sessionId = await sessionOf(leader, profilesDir);
    if (sessionId !== null)
      browsers.push({ leader, sessionId, group: living.filter(({ group }) => group === leader.pid) });
  }
  const uptime = Number((await read("/proc/uptime")).split(" ")[0]);
  return {
    processes: browsers.flatMap(({ group }) => group).length,
    browsers: await Promise.all(
      browsers.map(async ({ leader, sessionId, group }) => ({
        sessionId,
        bytes: (await Promise.all(group.map(readBytes))).reduce((sum, bytes) => sum + bytes, 0),
        age: Math.max(0, uptime * 1000 - (leader.startedAt * 1000) / TICKS_PER_SECOND),
      })),
    ),
    orphans: (await Promise.all(browsers.map(({ leader }) => isOrphan(leader)))).filter(Boolean).length,
    zombies: processes.length - living.length,
  };
}
