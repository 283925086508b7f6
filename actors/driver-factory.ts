/** The driver modules by name, each imported when it is first needed. */
import type { DriverUsage } from "../contracts/node-status.ts";
import type { DriverModule, DriverName } from "../drivers/driver.ts";

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
