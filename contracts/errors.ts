/**
 * Problems: the closed list of what can go wrong, with the HTTP status, whether a repeat can help, and the public title.
 * Across processes compare `type`, never `instanceof`: an error that crossed a wire keeps its fields, not its class.
 */
import { z } from "zod";

interface ProblemKind {
  readonly status: number;
  readonly title: string;
}

export const PROBLEMS = {
  validation: { status: 422, title: "The request is not valid" },
  malformed_request: { status: 400, title: "The request is not valid HTTP" },
  request_timeout: { status: 408, title: "The request did not come in time" },
  headers_too_large: { status: 431, title: "The URL and headers are too large" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  unauthenticated: { status: 401, title: "No valid credentials were given" },
  token_expired: { status: 401, title: "The access token has expired" },
  invalid_credentials: { status: 401, title: "E-mail or password is wrong" },
  refresh_reused: { status: 401, title: "The refresh token was used before; every login of its family is revoked" },
  forbidden: { status: 403, title: "These credentials do not allow this" },
  tenant_suspended: { status: 403, title: "The tenant is suspended" },
  signup_closed: { status: 403, title: "Sign-up is closed" },
  not_found: { status: 404, title: "Not found" },
  route_not_found: { status: 404, title: "There is no such route" },
  method_not_allowed: { status: 405, title: "The route does not take this method" },
  not_acceptable: { status: 406, title: "None of the accepted media types can be made" },
  conflict: { status: 409, title: "It conflicts with what is there" },
  name_taken: { status: 409, title: "The name is taken" },
  email_taken: { status: 409, title: "The e-mail address is taken" },
  client_ref_taken: { status: 409, title: "A message of this session has this clientRef" },
  not_cancellable: { status: 409, title: "The message can no longer be cancelled" },
  not_retryable: { status: 409, title: "Only failed, expired or cancelled messages can be retried" },
  not_changeable: { status: 409, title: "The message cannot be changed any more" },
  session_not_running: { status: 409, title: "The session is not running" },
  session_not_connected: { status: 409, title: "The session is not connected" },
  no_qr: { status: 409, title: "There is no QR code now" },
  already_linked: { status: 409, title: "The session is linked already" },
  idempotency_in_progress: { status: 409, title: "A request with this Idempotency-Key is still running" },
  idempotency_key_reused: { status: 422, title: "The Idempotency-Key was used with another request" },
  precondition_failed: { status: 412, title: "It was changed since you read it" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The media type of the body is not supported" },
  invalid_phone: { status: 422, title: "Not a phone number or chat id" },
  number_not_on_whatsapp: { status: 422, title: "The number is not on WhatsApp" },
  media_unreachable: { status: 422, title: "The media could not be fetched" },
  media_too_large: { status: 422, title: "The media is too large" },
  media_invalid: { status: 422, title: "The media is not what it says to be" },
  url_blocked: { status: 422, title: "The URL is not allowed" },
  unsupported_by_driver: { status: 422, title: "This session's driver cannot do this" },
  cursor_invalid: { status: 422, title: "The cursor is not valid" },
  cursor_expired: { status: 410, title: "The cursor is older than what is kept" },
  rate_limited: { status: 429, title: "Too many requests" },
  quota_exceeded: { status: 429, title: "A quota of the tenant is used up" },
  queue_full: { status: 429, title: "The queue of the session is full" },
  sandbox_off: { status: 404, title: "The sandbox is switched off" },
  sandbox_refused: { status: 409, title: "The sandbox refused" },
  network_rejected: { status: 502, title: "WhatsApp refused" },
  session_unavailable: { status: 503, title: "The session does not answer now" },
  outcome_unknown: { status: 504, title: "The session did not answer in time; it may have been done" },
  unavailable: { status: 503, title: "A part of the system is not available now" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that was wrong: where (a JSON pointer into the body, or `?name`, `:name`, `header`), a code, and what is accepted. */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

export interface ProblemDetails {
  errors?: FieldProblem[];
  /** Seconds after which a repeat makes sense; becomes `Retry-After`. */
  retryAfter?: number;
  /** Public facts of the case, such as the present status. */
  facts?: Record<string, string | number | boolean | null>;
}

/** The error that services throw. Its fields are those that Moleculer carries to another node: name, code, type, data, retryable. */
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

/** True for a problem, also one that came from another process. */
export function isProblem(error: unknown): error is Problem {
  return (
    typeof error === "object" &&
    error !== null &&
    "type" in error &&
    typeof error.type === "string" &&
    error.type in PROBLEMS
  );
}

/** The code of an error of the system or a library, such as ENOENT. By its shape: errors of other realms are no instances of our Error. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}

/** A problem of one field. */
export function fieldProblem(type: ProblemCode, pointer: string, detail: string): Problem {
  return new Problem(type, detail, { errors: [{ pointer, code: type, detail }] });
}

/** The body of every error answer (RFC 9457). */
export const ProblemBody = z
  .object({
    type: z.string().describe("A URI that names the kind of problem"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe("The path of the request"),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  })
  .meta({ id: "Problem" });
