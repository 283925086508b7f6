/** Validates a request against its route's schemas. Each error has a pointer, a code and a text. */
import type { z } from "zod";
import { MAX_FIELD_PROBLEMS, Problem, type FieldProblem } from "../../contracts/errors.ts";
import { findUnstorableText } from "../../contracts/text.ts";
import { NO_ALTERNATIVE, validationMessages } from "../../contracts/validation-messages.ts";
import type { Binding } from "./bindings.ts";
import type { RequestParts } from "./request.ts";

type Issue = z.core.$ZodIssue;
type Part = "params" | "query" | "body";

/** JSON pointer for the body, `?name` for the query, `:name` for the path. */
function pointerOf(part: Part, path: readonly PropertyKey[]): string {
  const names = path.map((name) => String(name));
  if (part === "body") return names.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return `${part === "query" ? "?" : ":"}${names.join(".")}`;
}

/** The issues of the union's alternative that came closest: wrong at the deepest level, then with the fewest issues. */
function closest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) =>
    issues.slice(0, MAX_FIELD_PROBLEMS).reduce((deepest, issue) => Math.max(deepest, issue.path.length), 0);
  return alternatives.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

/** Characters of an unknown field's name that an answer repeats. */
const LONGEST_NAME = 100;

function describe(part: Part, issue: Issue, base: readonly PropertyKey[]): readonly FieldProblem[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MAX_FIELD_PROBLEMS).map((key) => {
      const name = key.slice(0, LONGEST_NAME).toWellFormed();
      return {
        pointer: pointerOf(part, [...path, name]),
        code: "unknown_field",
        detail: `there is no field "${name}"`,
      };
    });
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0 && issue.message === NO_ALTERNATIVE) {
    return describeAll(part, closest(issue.errors), path);
  }
  if (issue.code === "invalid_key" || issue.code === "invalid_element") return describeAll(part, issue.issues, path);
  return [{ pointer: pointerOf(part, path), code: issue.code, detail: issue.message }];
}

/** The errors of the first issues. No more than an answer has are put into words, however many there are. */
export function describeAll(
  part: Part,
  issues: readonly Issue[],
  base: readonly PropertyKey[] = [],
): readonly FieldProblem[] {
  return issues
    .slice(0, MAX_FIELD_PROBLEMS)
    .flatMap((issue) => describe(part, issue, base))
    .slice(0, MAX_FIELD_PROBLEMS);
}

/** Validates one part; returns it as its schema outputs it, or its errors. */
function check(part: Part, schema: z.ZodType, given: unknown): { value: unknown; errors: readonly FieldProblem[] } {
  const parsed = schema.safeParse(given, validationMessages);
  if (!parsed.success) return { value: undefined, errors: describeAll(part, parsed.error.issues) };
  const path = findUnstorableText(given);
  return { value: parsed.data, errors: path === undefined ? [] : [unstorableText(pointerOf(part, path))] };
}

/** The error for text that cannot be stored. */
export function unstorableText(pointer: string): FieldProblem {
  return {
    pointer: pointer.toWellFormed(),
    code: "invalid_text",
    detail: "must not contain NUL characters or unpaired surrogates",
  };
}

/** Returns the parts as their schemas output them. Throws `validation` with up to MAX_FIELD_PROBLEMS errors. */
export function validate(binding: Binding, given: RequestParts): RequestParts {
  const parts: RequestParts = { params: undefined, query: undefined, body: undefined };
  const errors: FieldProblem[] = [];
  for (const part of ["params", "query", "body"] as const) {
    const checked = check(part, binding[part], given[part]);
    parts[part] = checked.value;
    errors.push(...checked.errors);
  }
  if (errors.length > 0) {
    const first = errors[0]!;
    throw new Problem("validation", `${first.pointer === "" ? "the body" : first.pointer}: ${first.detail}`, {
      errors: errors.slice(0, MAX_FIELD_PROBLEMS),
    });
  }
  return parts;
}
