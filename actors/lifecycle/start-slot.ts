/** The permits that limit how many sessions of a node start at the same time, for first starts and for restarts. */
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { SandboxEndpoint } from "../../drivers/driver.ts";
import type { RunningSession } from "./running-session.ts";
import type { LifecycleTools } from "./tools.ts";

/** ms after which a start releases its permit, even if the session is not up yet: it hangs, and costs nothing now. */
const SLOT_TIME = 20_000;

/** Takes a permit, which is released when the session is up or has ended. Rejects with the signal's reason. */
export async function takeStartSlot(
  session: RunningSession,
  startSlots: Semaphore,
  signal: AbortSignal,
): Promise<void> {
  const release = await startSlots.acquire(signal);
  const timer = setTimeout(release, SLOT_TIME);
  session.holdStartSlot(() => {
    clearTimeout(timer);
    release();
  });
}

/**
 * The same for an actor that starts its driver again; returns where the sandbox is now, for a session on it. A session
 * that is not here any more needs no permit.
 */
export async function takeRestartSlot(
  session: RunningSession | undefined,
  { loadDriver, findSandbox }: Pick<LifecycleTools, "loadDriver" | "findSandbox">,
): Promise<SandboxEndpoint | null> {
  if (session === undefined) return null;
  const { startSlots } = await loadDriver(session.driver);
  await takeStartSlot(session, startSlots, AbortSignal.timeout(SLOT_TIME)).catch(() => undefined);
  return session.network === "sandbox" ? findSandbox() : null;
}
