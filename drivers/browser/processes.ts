/** Finds Chromium's processes by their profile, kills them, and waits until they have ended. */
import { readdir, readFile } from "node:fs/promises";

const GONE_WITHIN_MS = 5_000;
const POLL_MS = 25;

async function listPids(): Promise<string[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
}

async function argumentsOf(pid: string): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
  } catch {
    // The process has ended meanwhile.
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
    // It is gone already.
  }
}

/** Kills the processes on the profile that can be seen from here, and waits until they are gone. */
export function reap(userDataDir: string): Promise<void> {
  return killAll(() => findProcesses(userDataDir), `processes on the profile ${userDataDir} do not end`);
}

/** Kills the rest of a process group. Resolves when none of it runs. */
export function endGroup(leader: number): Promise<void> {
  return killAll(() => findGroup(leader), `the processes of group ${leader} do not end`);
}

/** The pids of a group, without zombies: in a container without an init process these may stay forever. */
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
