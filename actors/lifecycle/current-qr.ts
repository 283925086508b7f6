/** Waits for the QR code of a session that runs on this node. */
import type { SessionReason } from "../../contracts/states.ts";
import type { CurrentQr, RunningSession } from "./running-session.ts";
import type { SessionLifecycle } from "./session-lifecycle.ts";

/** A QR code, or the state that explains why there is none. */
export type QrOutcome =
  { qr: CurrentQr } | { state: RunningSession["state"]; reason: SessionReason; phase: string | null };

/** Waits up to `ms` for a valid code. A session that does not run here counts as stopped. */
export async function awaitQr(lifecycle: SessionLifecycle | undefined, ms: number): Promise<QrOutcome> {
  if (lifecycle === undefined) return { state: "stopped", reason: "requested", phase: null };
  const { session } = lifecycle;
  const qr = await session.watch(() => {
    if (session.qr !== undefined && session.qr.expiresAt > Date.now()) return session.qr;
    return session.state === "connected" || session.state === "failed" || lifecycle.isEnding ? null : undefined;
  }, ms);
  return qr === undefined || qr === null
    ? { state: session.state, reason: session.reason, phase: session.phase }
    : { qr };
}
