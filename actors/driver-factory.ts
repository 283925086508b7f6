/** The driver modules by name, each imported when it is first needed. */
import { Semaphore } from "../concurrency/semaphore.ts";
import type { DriverUsage } from "../contracts/node-status.ts";
import type { DriverModule, DriverName, Evidence } from "../drivers/driver.ts";
import { lackOfRoom } from "./placement/memory-room.ts";
import type { LifecycleTools, StartableDriver } from "./lifecycle/tools.ts";

const DRIVERS: Readonly<Record<DriverName, () => Promise<DriverModule>>> = {
  browser: async () => (await import("../drivers/browser/browser-driver.ts")).browserDriver,
  light: async () => (await import("../drivers/light/light-driver.ts")).lightDriver,
};

export function loadDriver(name: DriverName): Promise<DriverModule> {
  return DRIVERS[name]();
}

/** Resources that the drivers use for these profiles; null when none of them can be measured. */
export async function measureDrivers(profilesDir: string): Promise<DriverUsage | null> {
  for (const load of Object.values(DRIVERS)) {
    const usage = await (await load()).usage(profilesDir);
    if (usage !== null) return usage;
  }
  return null;
}

/** Whether another session with the driver has room on this machine; see placement/memory-room.ts. */
export async function findLackOfRoom(
  driver: DriverName,
  { budget, profilesDir }: { readonly budget: number; readonly profilesDir: string },
): Promise<Evidence | null> {
  const { capabilities, usage } = await loadDriver(driver);
  if (!capabilities.ownProcess) return null;
  return lackOfRoom({ budget, available: process.availableMemory(), usage: await usage(profilesDir) });
}

/** Kills whatever drivers still run on these profiles. */
export async function killDrivers(profileDirs: readonly string[]): Promise<void> {
  for (const load of Object.values(DRIVERS)) {
    const driver = await load();
    await Promise.all(profileDirs.map((directory) => driver.kill(directory)));
  }
}

/** Loads each driver once, with the permits that limit its parallel starts. */
export function createDriverLoader(): LifecycleTools["loadDriver"] {
  const loading = new Map<DriverName, Promise<StartableDriver>>();
  return (name) => {
    const known = loading.get(name) ?? loadDriver(name).then((module) => toStartable(module));
    loading.set(name, known);
    return known;
  };
}

function toStartable(module: DriverModule): StartableDriver {
  return { preflight: (settings) => module.preflight(settings), startSlots: new Semaphore(module.maxParallelStarts) };
}
