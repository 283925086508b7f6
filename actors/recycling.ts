/**
 * Restarts browsers that have grown fat or old, one at a time, at a moment when nothing happens in their session: a
 * page that runs for weeks collects memory, and a good stop also renews the copy of its login.
 */
import type { BrowserUsage } from "../contracts/node-status.ts";
import type { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";

export interface RecyclingLimits {
  /** Bytes; null for no limit. */
  readonly bytes: number | null;
  /** ms; null for no limit. */
  readonly age: number | null;
  /** ms without an event of the session that count as a quiet moment. */
  readonly quiet: number;
}

/** The session to restart now: of those beyond a limit and quiet, the one that uses most. */
export function chooseRecycling(
  sessions: Iterable<SessionLifecycle>,
  browsers: readonly BrowserUsage[],
  limits: RecyclingLimits,
): SessionLifecycle | undefined {
  const usageOf = new Map(browsers.map((usage) => [usage.sessionId, usage]));
  let chosen: { lifecycle: SessionLifecycle; bytes: number } | undefined;
  for (const lifecycle of sessions) {
    const usage = usageOf.get(lifecycle.session.sessionId);
    if (usage === undefined || lifecycle.phase !== "running" || !isQuiet(lifecycle, limits.quiet)) continue;
    const isBeyond = usage.bytes > (limits.bytes ?? Infinity) || usage.age > (limits.age ?? Infinity);
    if (isBeyond && usage.bytes > (chosen?.bytes ?? -1)) chosen = { lifecycle, bytes: usage.bytes };
  }
  return chosen?.lifecycle;
}

function isQuiet({ session }: SessionLifecycle, quiet: number): boolean {
  return session.state === "connected" && performance.now() - session.activeAt >= quiet;
}

/** Restarts the session's browser; its state says why. */
export function recycle(lifecycle: SessionLifecycle): void {
  lifecycle.session.restartReason = "recycled";
  lifecycle.request("restart");
}
