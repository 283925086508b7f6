/** Chromium's processes: found by their profile, killed, and waited for. */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

const GONE_WITHIN_MS = 5_000;
const POLL_MS = 25;

/** What a full Chromium leaves behind when it is killed; with nobody on the profile it is stale. */
const LOCKS = ["SingletonLock", "SingletonSocket", "SingletonCookie"];

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
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const owners = await Promise.all(pids.map(async (pid) => ((await argumentsOf(pid)).includes(argument) ? Number(pid) : null)));
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
  const deadline = Date.now() + GONE_WITHIN_MS;
  for (;;) {
    const pids = await findProcesses(userDataDir);
    if (pids.length === 0) break;
    pids.forEach(kill);
    if (Date.now() > deadline) throw new Error(`another process keeps the profile ${userDataDir}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await Promise.all(LOCKS.map((name) => rm(join(userDataDir, name), { force: true })));
}
