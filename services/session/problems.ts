/** The problem that explains why a session has no QR code. */
import { Problem } from "../../contracts/errors.ts";
import {
  SESSION_REASON_WORDS,
  START_PHASE_WORDS,
  type SessionReason,
  type SessionState,
} from "../../contracts/states.ts";

interface Reached {
  readonly state: SessionState;
  readonly reason: SessionReason;
  /** The step that its start is in; null for none. */
  readonly phase: string | null;
}

/** The problem for a session without a QR code. */
export function whyNoQr({ state, reason, phase }: Reached): Problem {
  if (state === "connected" || state === "syncing" || state === "degraded")
    return new Problem("already_linked", "the session is linked; log it out to link another phone");
  if (state === "stopped" || state === "logged_out")
    return new Problem("session_not_running", `the session is ${state}; start it first`);
  const facts = { state, reason, phase };
  const why = SESSION_REASON_WORDS[reason];
  if (state === "failed") return new Problem("no_qr", `the session has failed: ${why}`, { facts });
  const step = phase === null ? undefined : (START_PHASE_WORDS as Readonly<Record<string, string>>)[phase];
  const now = step ?? (state === "starting" ? "it is starting" : `it is ${state}: ${why}`);
  return new Problem("no_qr", `no code yet, ${now}; ask again with ?wait=30`, { retryAfter: 1, facts });
}
