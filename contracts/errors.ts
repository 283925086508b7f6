/**
 * Problems: the closed list of errors of the API, with their HTTP status and public title. Across processes compare
 * `type`, never `instanceof`: an error from another process keeps its fields, not its class.
 */
import { z } from "zod";

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

export const PROBLEMS = {
  validation: { status: 422, title: "The request is not valid" },
  malformed_request: { status: 400, title: "The request is not valid HTTP" },
  request_timeout: { status: 408, title: "The request was not received in time" },
  headers_too_large: { status: 431, title: "The URL and headers are too large" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  unauthenticated: { status: 401, title: "Valid credentials are required" },
  token_expired: { status: 401, title: "The access token has expired" },
  invalid_credentials: { status: 401, title: "E-mail or password is wrong" },
  refresh_reused: { status: 401, title: "The refresh token was already used; the login has been revoked" },
  forbidden: { status: 403, title: "These credentials do not allow this" },
  tenant_suspended: { status: 403, title: "The tenant is suspended" },
  signup_closed: { status: 403, title: "Sign-up is closed" },
  not_found: { status: 404, title: "Not found" },
  route_not_found: { status: 404, title: "Route not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  not_acceptable: { status: 406, title: "None of the accepted media types is available" },
  conflict: { status: 409, title: "The request conflicts with the current state" },
  name_taken: { status: 409, title: "The name is already in use" },
  email_taken: { status: 409, title: "The e-mail address is already in use" },
  client_ref_taken: { status: 409, title: "The clientRef is already in use in this session" },
  not_cancellable: { status: 409, title: "The message can no longer be cancelled" },
  not_retryable: { status: 409, title: "Only failed, expired or cancelled messages can be retried" },
  not_changeable: { status: 409, title: "The message can no longer be changed" },
  session_not_running: { status: 409, title: "The session is not running" },
  session_not_connected: { status: 409, title: "The session is not connected" },
  unsupported: {
    status: 409,
    title: "The session cannot do this: its driver, its account or the chat does not support it",
  },
  no_qr: { status: 409, title: "No QR code is available" },
  already_linked: { status: 409, title: "The session is already linked" },
  idempotency_in_progress: { status: 409, title: "A request with this Idempotency-Key is still running" },
  idempotency_key_reused: { status: 422, title: "The Idempotency-Key was already used for a different request" },
  precondition_failed: { status: 412, title: "The resource has changed since it was read" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The content type of the body is not supported" },
  invalid_phone: { status: 422, title: "Not a phone number or chat id" },
  number_not_on_whatsapp: { status: 422, title: "The number is not on WhatsApp" },
  media_unreachable: { status: 422, title: "The media could not be fetched" },
  media_too_large: { status: 422, title: "The media is too large" },
  media_invalid: { status: 422, title: "Media content does not match its declared type" },
  url_blocked: { status: 422, title: "The URL is not allowed" },

  cursor_invalid: { status: 422, title: "The cursor is not valid" },
  cursor_expired: { status: 410, title: "The cursor has expired" },
  rate_limited: { status: 429, title: "Too many requests" },
  quota_exceeded: { status: 429, title: "A quota of the tenant is exhausted" },
  queue_full: { status: 429, title: "The session's queue is full" },
  sandbox_off: { status: 404, title: "The sandbox is disabled" },
  sandbox_refused: { status: 409, title: "The sandbox refused the request" },
  group_admin_only: { status: 403, title: "Only admins of the group may do this" },
  not_group_member: { status: 403, title: "The account is not in the group" },
  target_not_found: { status: 404, title: "WhatsApp does not know what the request refers to" },
  network_rejected: { status: 422, title: "WhatsApp rejected the request" },
  session_unavailable: { status: 503, title: "The session is temporarily unavailable" },
  outcome_unknown: { status: 504, title: "No answer in time; the operation may have been carried out" },
  unavailable: { status: 503, title: "Service temporarily unavailable" },
  internal: { status: 500, title: "Internal server error" },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * An error in one field: its position (a JSON pointer into the body, `?query`, `:path` or a header), a code, and an
 * explanation.
 */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
  /** The phone numbers that an ambiguous text can mean, in E.164. */
  readings?: string[];
}

/** The most field errors that a problem lists. */
export const MAX_FIELD_PROBLEMS = 50;

export interface ProblemDetails {
  errors?: FieldProblem[];
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfter?: number;
  /** Public details for programs, such as the current status. */
  facts?: Record<string, string | number | boolean | null>;
}

/** The error that services throw. Its fields are those that Moleculer transfers to other nodes. */
export class Problem extends Error {
  override readonly name = "Problem";
  /** HTTP status. */
  readonly code: number;
  readonly type: ProblemCode;
  readonly data: ProblemDetails;
  readonly retryable = false;

  constructor(type: ProblemCode, detail?: string, data: ProblemDetails = {}) {
    super(detail ?? PROBLEMS[type].title);
    this.type = type;
    this.code = PROBLEMS[type].status;
    this.data = data;
  }
}

/** True for a problem, including one from another process. */
export function isProblem(error: unknown): error is Problem {
  return (
    typeof error === "object" &&
    error !== null &&
    "type" in error &&
    typeof error.type === "string" &&
    error.type in PROBLEMS
  );
}

/** The code of a system or library error, such as ENOENT. Errors of other realms are not instances of our Error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const { code } = error;
  // Errors from another process have the field, but no value when the original had none.
  return typeof code === "string" || typeof code === "number" ? String(code) : undefined;
}

/** A problem with one field. */
export function fieldProblem(type: ProblemCode, pointer: string, detail: string): Problem {
  return new Problem(type, detail, { errors: [{ pointer, code: type, detail }] });
}

/** A field error in a response. */
export const FieldError = z.object({
  pointer: z.string().describe("JSON pointer into the body, `?name` of the query, `:name` of the path, or a header"),
  code: z.string(),
  detail: z.string(),
  readings: z
    .array(z.string())
    .optional()
    .describe("The phone numbers that an ambiguous text can mean; write the right one with +"),
});

/** The body of every error response (RFC 9457). */
export const ProblemBody = z
  .object({
    type: z.string().describe("A URI that identifies the kind of problem"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe("The path of the request"),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string(),
    retryAfter: z.int().optional().describe("Seconds after which a retry makes sense, like the header Retry-After"),
    errors: z.array(FieldError).optional().describe("What is wrong, field by field"),
    facts: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional()
      .describe("More for programs, such as the current status"),
  })
  .meta({ id: "Problem" });
