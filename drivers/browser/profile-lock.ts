/**
 * A session's browser profile, and its lock. The browser itself holds the lock (locked-chromium.sh), so a browser that
 * cannot be seen or ended from here keeps a second one off the profile: that one would open it without its databases.
 * The file names the holder.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { DriverOptions } from "../driver.ts";
import { reap } from "./processes.ts";

const POLL_MS = 250;
/** A shared volume that hangs answers nothing. */
const ANSWER_WITHIN_MS = 5_000;
/** The exit code for a lock that another browser has. */
export const LOCKED = 75;

export const LOCKED_CHROMIUM = join(import.meta.dirname, "locked-chromium.sh");

/** Chromium's own directory in the session's profile. */
export function userDataDirOf({ profileDir }: Pick<DriverOptions, "profileDir">): string {
  return join(profileDir, "chromium");
}

export function lockFileOf({ profileDir }: Pick<DriverOptions, "profileDir">): string {
  return join(profileDir, "chromium.lock");
}

/** What locked-chromium.sh needs to know, beside the environment without our own settings and secrets. */
export function lockedEnvironment(options: DriverOptions, chromium: string): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("WPP_"));
  return {
    ...Object.fromEntries(inherited),
    PROFILE_BROWSER: chromium,
    PROFILE_LOCK: lockFileOf(options),
    PROFILE_DATA: userDataDirOf(options),
    PROFILE_HOLDER: options.holder,
  };
}

/** Whether a browser has the lock. Without the command `flock` there are no locks. */
export function isLocked(file: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  execFile(
    "flock",
    ["--nonblock", "--conflict-exit-code", String(LOCKED), file, "true"],
    { timeout: ANSWER_WITHIN_MS, killSignal: "SIGKILL" },
    (error) => {
      if (error === null || error.code === "ENOENT") resolve(false);
      else if (error.code === LOCKED) resolve(true);
      else reject(error);
    },
  );
  return promise;
}

/** Who wrote its name into the lock; empty when no one has. */
export async function holderOf(file: string): Promise<string> {
  return (await readFile(file, "utf8").catch(() => "")).trim();
}

export interface ProfileWait {
  readonly signal: AbortSignal;
  /** Called once, with the holder of the lock, when there is one to wait for. */
  readonly onWait: (holder: string) => void;
}

/** Ends the browsers on the profile that can be seen from here, and waits until no browser has the lock. */
export async function freeProfile(options: DriverOptions, { signal, onWait }: ProfileWait): Promise<void> {
  const file = lockFileOf(options);
  for (let tries = 0; ; tries += 1) {
    await reap(userDataDirOf(options));
    signal.throwIfAborted();
    const isHeld = await isLocked(file);
    signal.throwIfAborted();
    if (!isHeld) return;
    if (tries === 0) onWait(await holderOf(file));
    await pause(POLL_MS, undefined, { signal });
  }
}
