/** Turns failures of an actor into the problems that a client sees. */
import { isProblem, Problem, type ProblemCode } from "../../contracts/errors.ts";
import type { MessageFailure } from "../../contracts/states.ts";
import { DriverError, explain } from "../../contracts/transport.ts";

/** A refusal is final: the same request gets the same answer. So each is a problem of the request, not of the server. */
const PROBLEM_OF: Readonly<Record<MessageFailure, ProblemCode>> = {
  number_not_on_whatsapp: "number_not_on_whatsapp",
  invalid_recipient: "invalid_phone",
  not_group_member: "not_group_member",
  group_admin_only: "group_admin_only",
  target_not_found: "target_not_found",
  too_late_to_change: "not_changeable",
  media_missing: "media_invalid",
  media_rejected: "media_invalid",
  unsupported_by_driver: "unsupported",
  business_only: "unsupported",
  rejected_by_network: "network_rejected",
  attempts_exhausted: "network_rejected",
  account_changed: "network_rejected",
  session_deleted: "not_found",
};

/** The problem for a failed call to an actor. */
export function toProblem(error: unknown): Error {
  if (isProblem(error)) return error;
  if (!(error instanceof DriverError)) return error instanceof Error ? error : new Error(String(error));
  switch (error.kind) {
    case "not_connected":
      return new Problem("session_not_connected", explain(error));
    case "not_sent":
      return new Problem("session_unavailable", error.message, { retryAfter: 2 });
    case "unknown":
      return new Problem("outcome_unknown", error.message);
    case "rejected":
      return new Problem(PROBLEM_OF[error.failure ?? "rejected_by_network"], explain(error));
  }
}
