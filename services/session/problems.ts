/** The problem that explains why a session has no QR code. */
import { Problem } from "../../contracts/errors.ts";
import type { SessionState } from "../../contracts/states.ts";

/** The problem for a session without a QR code. */
export function whyNoQr(state: SessionState): Problem {
  if (state === "connected" || state === "syncing" || state === "degraded")
    return new Problem("already_linked", "the session is linked; log it out to link another phone");
  if (state === "stopped" || state === "logged_out")
    return new Problem("session_not_running", `the session is ${state}; start it first`);
  if (state === "failed") return new Problem("no_qr", "the session has failed; GET the session for the reason");
  return new Problem("no_qr", `no code yet, the session is ${state}; ask again with ?wait=30`, { retryAfter: 1 });
}
