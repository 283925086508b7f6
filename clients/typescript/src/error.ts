/** Errors of the client. */
import type { Schema } from "./types.ts";

export type Problem = Schema<"Problem">;

/** The API refused a request: its problem document (RFC 9457), with `code` as the stable name of what was wrong. */
export class WppError extends Error {
  override readonly name = "WppError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }

  /** Such as `validation`, `not_found` or `session_not_connected`; the API's document lists them. */
  get code(): Problem["code"] {
    return this.problem.code;
  }

  /** The fields that were wrong, with JSON pointers. */
  get errors(): NonNullable<Problem["errors"]> {
    return this.problem.errors ?? [];
  }

  /** For the operator: it is in the server's log. */
  get requestId(): string {
    return this.problem.requestId;
  }
}

/** No answer: the server could not be reached, or did not answer in time. The request may have had its effect. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}
