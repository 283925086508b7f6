/** Counts the browsers on the profiles of a data directory, and what they cost, as /proc tells it. */
import { readdir, readFile, readlink } from "node:fs/promises";
import type { BrowserUsage } from "../../contracts/node-status.ts";

interface Entry {
  readonly pid: string;
  readonly state: string;
  readonly parent: string;
  readonly group: string;
}

const KILOBYTE = 1_024;

/** A process that ended while we were looking has no file any more. */
function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

async function readEntry(pid: string): Promise<Entry | null> {
  const stat = await read(`/proc/${pid}/stat`);
  const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === undefined || parent === undefined || group === undefined ? null : { pid, state, parent, group };
}

async function isBrowser({ pid, group }: Entry, profilesDir: string): Promise<boolean> {
  // Puppeteer makes Chromium the leader of a process group of its own.
  if (pid !== group) return false;
  return (await read(`/proc/${pid}/cmdline`))
    .split("\0")
    .some((argument) => argument.startsWith(`--user-data-dir=${profilesDir}/`));
}

async function residentBytes(pid: string): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(await read(`/proc/${pid}/status`))?.[1] ?? 0) * KILOBYTE;
}

/** True when the parent runs another program than we do: whoever takes orphans in, and not the Node process that made them. */
async function isOrphan({ parent }: Entry): Promise<boolean> {
  const [ours, theirs] = await Promise.all([
    readlink("/proc/self/exe"),
    readlink(`/proc/${parent}/exe`).catch(() => ""),
  ]);
  return ours !== theirs;
}

/** The census; null where there is no /proc. */
export async function browserUsage(profilesDir: string): Promise<BrowserUsage | null> {
  const names = await readdir("/proc").catch(() => null);
  if (names === null) return null;
  const entries = (await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readEntry))).filter(
    (entry) => entry !== null,
  );
  const living = entries.filter(({ state }) => state !== "Z");
  const browsers: Entry[] = [];
  for (const entry of living) if (await isBrowser(entry, profilesDir)) browsers.push(entry);
  const groups = browsers.map((leader) => living.filter(({ group }) => group === leader.pid));
  const sizes = groups.map(async (group) =>
    (await Promise.all(group.map(({ pid }) => residentBytes(pid)))).reduce((sum, bytes) => sum + bytes, 0),
  );
  return {
    processes: groups.flat().length,
    browserBytes: await Promise.all(sizes),
    orphans: (await Promise.all(browsers.map(isOrphan))).filter(Boolean).length,
    zombies: entries.length - living.length,
  };
}
