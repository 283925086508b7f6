/** Chromium's processes: found by their profile, killed, and waited for. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

const GONE_WITHIN_MS = 5_000;
const POLL_MS = 25;

/** What a full Chromium leaves behind when it is killed; with nobody on the profile it is stale. */
const LOCKS = ["SingletonLock", "SingletonSocket", "SingletonCookie"];

async function listPids(): Promise<string[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
}

async function argumentsOf(pid: string): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
  } catch {
    // The process ended while we were looking.
    return [];
  }
}

/** The pids of processes that were started with this user data directory. */
export async function findProcesses(userDataDir: string): Promise<number[]> {
  const argument = `--user-data-dir=${userDataDir}`;
  const owners = await Promise.all(
    (await listPids()).map(async (pid) => ((await argumentsOf(pid)).includes(argument) ? Number(pid) : null)),
  );
  return owners.filter((pid) => pid !== null);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/** Kills whatever still runs on the profile and settles when it is gone; then the profile's locks are stale and are removed. */
export async function reap(userDataDir: string): Promise<void> {
  await killAll(() => findProcesses(userDataDir), `another process keeps the profile ${userDataDir}`);
  await Promise.all(LOCKS.map((name) => rm(join(userDataDir, name), { force: true })));
}

/** Kills what is left of a process group and settles when nothing of it runs. */
export function endGroup(leader: number): Promise<void> {
  return killAll(() => findGroup(leader), `the processes of group ${leader} do not end`);
}

/** The pids of a group, without those that have ended and were not waited for by their parent, as in a container without an init. */
async function findGroup(leader: number): Promise<number[]> {
  const members = await Promise.all(
    (await listPids()).map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
      const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return group === String(leader) && state !== "Z" ? Number(pid) : null;
    }),
  );
  return members.filter((pid) => pid !== null);
}

async function killAll(find: () => Promise<number[]>, failure: string): Promise<void> {
  const deadline = Date.now() + GONE_WITHIN_MS;
  for (;;) {
    const pids = await find();
    if (pids.length === 0) return;
    pids.forEach(kill);
    if (Date.now() > deadline) throw new Error(failure);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
