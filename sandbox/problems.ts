/** Maps the network's refusals to problems of the API. */
import type { z } from "zod";
import { MAX_FIELD_PROBLEMS, Problem, type ProblemCode } from "../contracts/errors.ts";
import type { WireErrorCode } from "../contracts/sandbox-wire.ts";
import { Refusal } from "./refusal.ts";

const PROBLEM_OF: Partial<Record<WireErrorCode, ProblemCode>> = {
  not_on_whatsapp: "number_not_on_whatsapp",
  target_not_found: "not_found",
  invalid: "validation",
};

/** Converts a Refusal to a Problem; returns any other error unchanged. */
export function toProblem(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Problem(PROBLEM_OF[error.code] ?? "sandbox_refused", error.message, { facts: { refusal: error.code } });
}

/** The problem of an act whose input does not match its schema. */
export function toInputProblem({ issues }: z.ZodError): Problem {
  const errors = issues.slice(0, MAX_FIELD_PROBLEMS).map(({ path, message }) => ({
    pointer: ["/input", ...path.map(String)].join("/"),
    code: "validation",
    detail: message,
  }));
  const [first] = errors;
  return new Problem("validation", `${first!.pointer} ${first!.detail}`, { errors });
}
