/** Measures the processes and memory of the browsers on the profiles of a data directory, from /proc. */
import { readdir, readFile, readlink } from "node:fs/promises";
import type { DriverUsage } from "../../contracts/node-status.ts";

interface Process {
  readonly pid: string;
  readonly state: string;
  readonly parent: string;
  readonly group: string;
}

const KILOBYTE = 1_024;

/** The file's text; empty when the process has ended meanwhile. */
function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function readProcess(pid: string): Promise<Process | null> {
  const stat = await read(`/proc/${pid}/stat`);
  const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === undefined || parent === undefined || group === undefined ? null : { pid, state, parent, group };
}

async function isBrowser({ pid, group }: Process, profilesDir: string): Promise<boolean> {
  // Puppeteer makes Chromium the leader of its own process group.
  if (pid !== group) return false;
  return (await read(`/proc/${pid}/cmdline`))
    .split("\0")
    .some((argument) => argument.startsWith(`--user-data-dir=${profilesDir}/`));
}

async function readResidentBytes(pid: string): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(await read(`/proc/${pid}/status`))?.[1] ?? 0) * KILOBYTE;
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
  const browsers: Process[] = [];
  for (const entry of living) if (await isBrowser(entry, profilesDir)) browsers.push(entry);
  const groups = browsers.map((leader) => living.filter(({ group }) => group === leader.pid));
  const sizes = groups.map(async (group) =>
    (await Promise.all(group.map(({ pid }) => readResidentBytes(pid)))).reduce((sum, bytes) => sum + bytes, 0),
  );
  return {
    processes: groups.flat().length,
    sessionBytes: await Promise.all(sizes),
    orphans: (await Promise.all(browsers.map(isOrphan))).filter(Boolean).length,
    zombies: processes.length - living.length,
  };
}
