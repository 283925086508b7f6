/**
 * The messages of validation: each states the rule that a value breaks, to be read after the name of its field. A
 * schema's own message takes precedence; the library's default messages are never used.
 */
import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;
/** Issues in one line of text. */
const MAX_EXPLAINED = 5;

type IssueOf<Code extends Issue["code"]> = Extract<Issue, { code: Code }>;

/** Names of types for clients, which write JSON. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: "an integer",
  number: "a number",
  string: "a string",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "an array",
  null: "null",
  date: "a date",
  nan: "a number",
  undefined: "nothing",
};

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  email: "an e-mail address",
  url: "a URL",
  datetime: "a date and time such as 2026-01-31T09:30:00Z",
  date: "a date such as 2026-01-31",
  time: "a time such as 09:30:00",
  base64: "base64",
  base64url: "base64url",
  uuid: "a UUID",
  json_string: "JSON text",
  cidrv4: "an IPv4 range such as 10.0.0.0/8",
  cidrv6: "an IPv6 range such as fd00::/8",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? `a value of type ${type}`;
}

function literal(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}

function unit(origin: string, count: number | bigint): string {
  const name = { string: "character", array: "item", set: "item", map: "entry", file: "byte", object: "field" }[origin];
  if (name === undefined) return String(count);
  const plural = name === "entry" ? "entries" : `${name}s`;
  return `${count} ${Number(count) === 1 ? name : plural}`;
}

function describeTooSmall({ origin, minimum, inclusive, exact }: IssueOf<"too_small">): string {
  if (exact === true) return `must have exactly ${unit(origin, minimum)}`;
  const isCount = origin !== "number" && origin !== "int" && origin !== "bigint" && origin !== "date";
  if (isCount && Number(minimum) === 1) return "must not be empty";
  if (isCount) return `must have at least ${unit(origin, minimum)}`;
  return inclusive === false ? `must be greater than ${minimum}` : `must be at least ${minimum}`;
}

function describeTooBig({ origin, maximum, inclusive, exact }: IssueOf<"too_big">): string {
  if (exact === true) return `must have exactly ${unit(origin, maximum)}`;
  const isCount = origin !== "number" && origin !== "int" && origin !== "bigint" && origin !== "date";
  if (isCount) return `must have at most ${unit(origin, maximum)}`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}

function describeFormat(issue: IssueOf<"invalid_format">): string {
  const { format } = issue;
  if (format === "starts_with" && "prefix" in issue) return `must start with "${String(issue.prefix)}"`;
  if (format === "ends_with" && "suffix" in issue) return `must end with "${String(issue.suffix)}"`;
  if (format === "includes" && "includes" in issue) return `must contain "${String(issue.includes)}"`;
  if (format === "regex") return `must match the pattern ${String(issue.pattern)}`;
  return `must be ${FORMAT_NAMES[format] ?? `in the format ${format}`}`;
}

/** A value that is missing is undefined in JSON, and undefined or NaN where text is converted. */
function describeType({ expected, input }: IssueOf<"invalid_type">): string {
  return input === undefined ? `is required: expected ${typeName(expected)}` : `must be ${typeName(expected)}`;
}

function describeOptions(values: readonly unknown[]): string {
  const accepted = values.map(literal).join(", ");
  return values.length === 1 ? `must be ${accepted}` : `must be one of ${accepted}`;
}

function describeUnion(issue: IssueOf<"invalid_union">): string {
  const { options } = issue as { options?: readonly unknown[] };
  return options === undefined || options.length === 0 ? NO_ALTERNATIVE : describeOptions(options);
}

/** The message of a union whose own schema has none; the gateway then reports the closest alternative's issues. */
export const NO_ALTERNATIVE = "does not match any of the accepted forms";

/** Unknown fields that a message names. */
const MAX_NAMED = 10;

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return describeTooSmall(issue);
    case "too_big":
      return describeTooBig(issue);
    case "invalid_type":
      return describeType(issue);
    case "invalid_value":
      return describeOptions(issue.values);
    case "invalid_format":
      return describeFormat(issue);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `has unknown fields: ${issue.keys.slice(0, MAX_NAMED).join(", ")}`;
    case "invalid_union":
      return describeUnion(issue);
    case "invalid_key":
      return "has an invalid key";
    case "invalid_element":
      return "has an invalid element";
    case "custom":
      return "is not valid";
  }
}

/** Options for `safeParse`: its issues then carry the messages of this module. */
export const validationMessages = { error: describeIssue };

/** What is wrong with a value of another program, in one line: the position and the message of each of its issues. */
export function explainMismatch(schema: z.ZodType, value: unknown): string {
  const issues = schema.safeParse(value, validationMessages).error?.issues ?? [];
  return issues
    .slice(0, MAX_EXPLAINED)
    .map(({ path, message }) => [path.join("."), message].filter((part) => part !== "").join(" "))
    .join("; ");
}
