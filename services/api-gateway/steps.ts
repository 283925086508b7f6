/** The steps of a request before and after its action, in order. Each returns or throws a problem. */
import { isProblem, Problem } from "../../contracts/errors.ts";
import { health } from "../../contracts/routes/health.ts";
import type { Principal } from "../../contracts/permissions.ts";
import { isOpenToLimitedKeys, type Route } from "../../contracts/route.ts";
import type { IncomingMessage } from "node:http";
import type { CallMeta } from "../../access/call.ts";
import type { Binding } from "./bindings.ts";
import { bodyKindOf, type BodyReader } from "./body.ts";
import { requireApiKey, type Credentials } from "./credentials.ts";
import type { RateLimits } from "./rate-limits.ts";
import { credentialOf, isGivenAsApiKey, type GatewayRequest, type GatewayResponse } from "./request.ts";
import { validate } from "./validation.ts";

export interface Steps {
  readonly addressOf: (request: IncomingMessage) => string;
  readonly limits: RateLimits;
  readonly readBody: BodyReader;
  readonly credentials: Credentials;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
const MULTIPART = /^multipart\/form-data\s*;/i;

/** Before authentication: reads the headers and enforces the address limit. */
export async function admit(
  steps: Steps,
  binding: Binding,
  request: GatewayRequest,
  response: GatewayResponse,
): Promise<void> {
  const { route } = binding;
  const { meta } = request.$ctx;
  meta.clientIp = steps.addressOf(request);
  Object.assign(meta, headerMeta(request));
  if (route.permission === "public" && !isProbe(binding)) await steps.limits.countAddress(meta.clientIp, response);
  if (route.bodyKind === "upload" && !MULTIPART.test(request.headers["content-type"] ?? "")) {
    throw new Problem("unsupported_media_type", "an upload is multipart/form-data with one file");
  }
}

/** Health probes are frequent, come from few addresses and must be answered, so no limit applies. */
function isProbe({ route }: Binding): boolean {
  return route.permission === "public" && route.root === true;
}

/** Probes answer everyone alike, also while the database, which knows the credentials, is away. */
function needsNoCaller(binding: Binding): boolean {
  return isProbe(binding) && binding.route.action !== health.action;
}

/** The request headers for actions, validated. */
function headerMeta(request: GatewayRequest): Partial<CallMeta> {
  const meta: Partial<CallMeta> = {};
  const { "user-agent": userAgent, accept, "if-match": ifMatch, "idempotency-key": idempotencyKey } = request.headers;
  if (userAgent !== undefined) meta.userAgent = userAgent;
  if (accept !== undefined) meta.accept = accept;
  if (ifMatch !== undefined) meta.ifMatch = ifMatch;
  if (idempotencyKey === undefined) return meta;
  if (typeof idempotencyKey !== "string" || !IDEMPOTENCY_KEY.test(idempotencyKey)) {
    const detail = "1 to 255 printable ASCII characters are expected";
    throw new Problem("validation", `Idempotency-Key: ${detail}`, {
      errors: [{ pointer: "Idempotency-Key", code: "invalid_format", detail }],
    });
  }
  meta.idempotencyKey = idempotencyKey;
  return meta;
}

/** Resolves the caller. Public routes do not need one, but public GET routes show more to a known caller. */
export async function authenticate(steps: Steps, binding: Binding, request: GatewayRequest): Promise<void> {
  const isPublic = binding.route.permission === "public";
  if (needsNoCaller(binding)) return;
  const credential = credentialOf(request);
  if (isPublic && (credential === undefined || binding.route.method !== "GET")) return;
  if (credential === undefined)
    throw new Problem("unauthenticated", "send `Authorization: Bearer <access token>` or `X-Api-Key: <key>`");
  const { meta } = request.$ctx;
  try {
    if (isGivenAsApiKey(request)) requireApiKey(credential, "X-Api-Key");
    const { principal, loginId } = await steps.credentials.resolve(credential, meta.clientIp!);
    meta.principal = principal;
    if (loginId !== null) meta.loginId = loginId;
  } catch (error) {
    if (isProbe(binding)) return;
    if (!isProblem(error)) throw error;
    await steps.limits.countRefusal(meta.clientIp!);
    if (!isPublic) throw error;
  }
}

/** Enforces the tenant limit and the permission; only then reads the body and validates the request. */
export async function authorize(
  steps: Steps,
  binding: Binding,
  request: GatewayRequest,
  response: GatewayResponse,
): Promise<void> {
  const { permission } = binding.route;
  const { principal } = request.$ctx.meta;
  if (principal !== undefined && !isProbe(binding)) {
    const { quotas } = await steps.credentials.limitsOf(principal.tenantId);
    await steps.limits.countTenant(principal.tenantId, quotas.requestsPerMinute, response);
  }
  if (permission !== "public") {
    if (principal === undefined) throw new Problem("unauthenticated");
    requirePermission(binding.route, principal);
  }
  // After authentication, so that unknown clients cannot make the process buffer and parse megabytes.
  if (binding.hasBody) await steps.readBody(request, bodyKindOf(binding.route));
  request.$params = validate(binding, { ...request.$params, body: request.body });
}

/** Throws `forbidden` when the caller may not call the route. */
export function requirePermission(route: Route, principal: Principal): void {
  const { permission } = route;
  if (permission === "public") return;
  if (permission !== "authenticated" && !principal.permissions.includes(permission))
    throw new Problem("forbidden", `these credentials lack ${permission}`);
  if (principal.sessions !== null && !isOpenToLimitedKeys(route))
    throw new Problem("forbidden", "this key is limited to sessions, and the route acts on the whole tenant");
}

/** Sets status and location of a success; returns the body, or null where the route has none. */
export function finish(binding: Binding, request: GatewayRequest, response: GatewayResponse, data: unknown): unknown {
  const { meta } = request.$ctx;
  response.statusCode = meta.$statusCode ?? binding.status;
  if (response.statusCode === 201) meta.$location ??= locationOf(request, data);
  return binding.route.responses[response.statusCode] === null ? null : data;
}

/** The URL of a created resource: its id below the path of the POST. */
function locationOf(request: GatewayRequest, data: unknown): string {
  const path = request.originalUrl.split("?")[0]!;
  return typeof data === "object" && data !== null && "id" in data ? `${path}/${String(data.id)}` : path;
}
