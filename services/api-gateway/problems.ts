/** Error responses: problem documents (RFC 9457). */
import { STATUS_CODES } from "node:http";
import { isProblem, Problem, PROBLEMS, type ProblemCode, type ProblemBody } from "../../contracts/errors.ts";
import type { z } from "zod";
import { isOutage } from "../../db/failures.ts";

type ProblemDocument = z.infer<typeof ProblemBody>;

/** Problems for errors of the framework, by their type. */
const FRAMEWORK: Readonly<Record<string, ProblemCode>> = {
  NOT_FOUND: "route_not_found",
  SERVICE_NOT_FOUND: "unavailable",
  SERVICE_NOT_AVAILABLE: "unavailable",
  NODE_DISCONNECTED: "unavailable",
  REQUEST_REJECTED: "unavailable",
  REQUEST_TIMEOUT: "outcome_unknown",
  REQUEST_SKIPPED: "outcome_unknown",
  QUEUE_FULL: "unavailable",
  GRACEFUL_STOP_TIMEOUT: "unavailable",
  PAYLOAD_TOO_LARGE: "media_too_large",
};

/** The problem for an error; undefined for an unexpected one, which is logged and answered as `internal`. */
export function problemOf(error: unknown): Problem | undefined {
  if (isProblem(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const type = "type" in error && typeof error.type === "string" ? error.type : "";
  const code = FRAMEWORK[type];
  if (code !== undefined) return new Problem(code, undefined, code === "unavailable" ? { retryAfter: 2 } : {});
  if (error.name === "ServiceUnavailableError") return new Problem("unavailable", undefined, { retryAfter: 2 });
  if (isOutage(error))
    return new Problem("unavailable", "the database does not respond; the request can be repeated", {
      retryAfter: 2,
    });
  return undefined;
}

/** The problem for a form that moleculer-web cannot read; its errors differ only in their message. */
export function uploadProblemOf(bodyKind: string | undefined, error: unknown): Problem | undefined {
  if (bodyKind !== "upload" || !(error instanceof Error)) return undefined;
  const isForm = /multipart|boundary|form ended|malformed part|file missing/i.test(error.message);
  return isForm ? new Problem("validation", `the form could not be read: ${error.message}`) : undefined;
}

/** The document of a problem. */
export function toDocument(problem: Problem, instance: string, requestId: string): ProblemDocument {
  const known = PROBLEMS[problem.type];
  return {
    type: `urn:wppconnect:problem:${problem.type}`,
    title: known.title,
    status: known.status,
    detail: problem.message === "" ? (STATUS_CODES[known.status] ?? "") : problem.message,
    instance,
    code: problem.type,
    requestId,
    ...(problem.data?.retryAfter === undefined ? {} : { retryAfter: secondsOf(problem.data.retryAfter) }),
    ...(problem.data?.errors === undefined ? {} : { errors: problem.data.errors }),
    ...(problem.data?.facts === undefined ? {} : { facts: problem.data.facts }),
  };
}

/** Whole seconds, at least one. */
function secondsOf(retryAfter: number): number {
  return Math.max(1, Math.ceil(retryAfter));
}

/** Response headers of the problem. */
export function headersOf(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json; charset=utf-8",
    "Cache-Control": "no-store",
  };
  const retryAfter = problem.data?.retryAfter;
  if (retryAfter !== undefined) headers["Retry-After"] = String(secondsOf(retryAfter));
  if (PROBLEMS[problem.type].status === 401) headers["WWW-Authenticate"] = 'Bearer realm="wppconnect"';
  return headers;
}
