/** Every error answer is a problem document (RFC 9457), made here and nowhere else. */
import { STATUS_CODES } from "node:http";
import { isProblem, Problem, PROBLEMS, type ProblemCode, type ProblemBody } from "../../contracts/errors.ts";
import type { z } from "zod";
import { isOutage } from "../../db/failures.ts";

type ProblemDocument = z.infer<typeof ProblemBody>;

/** Errors of the framework by their type, as the problems that they are for a client. */
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

/** The problem behind any error; undefined for one that is nobody's fault but ours and must be logged. */
export function problemOf(error: unknown): Problem | undefined {
  if (isProblem(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const type = "type" in error && typeof error.type === "string" ? error.type : "";
  const code = FRAMEWORK[type];
  if (code !== undefined) return new Problem(code, undefined, code === "unavailable" ? { retryAfter: 2 } : {});
  if (error.name === "ServiceUnavailableError") return new Problem("unavailable", undefined, { retryAfter: 2 });
  if (isOutage(error))
    return new Problem("unavailable", "the database does not answer; what was asked may be asked again", {
      retryAfter: 2,
    });
  return undefined;
}

/** What moleculer-web says of a form that it could not read; only the words tell these errors apart. */
export function uploadProblemOf(bodyKind: string | undefined, error: unknown): Problem | undefined {
  if (bodyKind !== "upload" || !(error instanceof Error)) return undefined;
  const isForm = /multipart|boundary|form ended|malformed part|file missing/i.test(error.message);
  return isForm ? new Problem("validation", `the form cannot be read: ${error.message}`) : undefined;
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
    ...(problem.data?.errors === undefined ? {} : { errors: problem.data.errors }),
    ...(problem.data?.facts === undefined ? {} : { facts: problem.data.facts }),
  };
}

/** Headers that belong to the problem. */
export function headersOf(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json; charset=utf-8",
    "Cache-Control": "no-store",
  };
  const retryAfter = problem.data?.retryAfter;
  if (retryAfter !== undefined) headers["Retry-After"] = String(Math.max(1, Math.ceil(retryAfter)));
  if (PROBLEMS[problem.type].status === 401) headers["WWW-Authenticate"] = 'Bearer realm="wppconnect"';
  return headers;
}
