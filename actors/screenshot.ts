/** The picture of a session's page: as it is now, or the one that was kept when the session last failed to start. */
import { DriverError } from "../contracts/transport.ts";
import { requireOperation } from "../drivers/capabilities.ts";
import type { Driver, DriverModule, Picture } from "../drivers/driver.ts";

interface Screen {
  readonly driver: Pick<DriverModule, "capabilities" | "keptScreenshot">;
  readonly profileDir: string;
  /** Throws when no driver runs. */
  readonly running: () => Driver;
}

/** Rejects with a DriverError. */
export async function takeScreenshot({ driver, profileDir, running }: Screen, input: unknown): Promise<Picture> {
  if ((input as { of?: string }).of !== "failure")
    return requireOperation(driver.capabilities, "screenshot", running)({ of: "now" });
  const kept = await driver.keptScreenshot(profileDir);
  if (kept === null) throw new DriverError("rejected", "no screenshot of a failed start is kept", "target_not_found");
  return kept;
}
