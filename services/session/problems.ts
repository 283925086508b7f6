/** Turns failures of a session into the problems that a client sees. */
import { Problem, isProblem } from "../../contracts/errors.ts";
import type { SessionState } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";

/** The problem for a failed call to an actor. */
export function toProblem(error: unknown): Error {
  if (isProblem(error)) return error;
  if (!(error instanceof DriverError)) return error instanceof Error ? error : new Error(String(error));
  switch (error.kind) {
    case "not_connected":
      return new Problem("session_not_connected", error.message);
    case "not_sent":
      return new Problem("session_unavailable", error.message, { retryAfter: 2 });
    case "unknown":
      return new Problem("outcome_unknown", error.message);
    case "rejected":
      if (error.failure === "unsupported_by_driver") return new Problem("unsupported_by_driver", error.message);
      if (error.failure === "number_not_on_whatsapp") return new Problem("number_not_on_whatsapp", error.message);
      return new Problem("network_rejected", error.message);
  }
}

/** The problem for a session without a QR code. */
export function whyNoQr(state: SessionState): Problem {
  if (state === "connected" || state === "syncing" || state === "degraded")
    return new Problem("already_linked", "the session is linked; log it out to link another phone");
  if (state === "stopped" || state === "logged_out")
    return new Problem("session_not_running", `the session is ${state}; start it first`);
  if (state === "failed") return new Problem("no_qr", "the session has failed; GET the session for the reason");
  return new Problem("no_qr", `no code yet, the session is ${state}; ask again with ?wait=30`, { retryAfter: 1 });
}
