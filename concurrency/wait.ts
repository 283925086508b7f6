import { setTimeout } from "node:timers/promises";

/** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
