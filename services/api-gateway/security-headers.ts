/** CORS and security headers, set on every response. */
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import helmet from "helmet";

type Middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;

const ALLOWED_HEADERS = "Authorization, Content-Type, X-Api-Key, Idempotency-Key, If-Match, X-Request-Id, Accept";
const EXPOSED_HEADERS =
  "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, ETag, Location, Idempotency-Replayed, Content-Disposition";
const PREFLIGHT_AGE = "600";

/** Returns a function that checks whether pages of an origin may call the API. */
export function createOriginCheck(origins: readonly string[]): (origin: string) => boolean {
  const allowed = new Set(origins);
  return (origin) => allowed.has("*") || allowed.has(origin);
}

/**
 * Answers OPTIONS requests and sets CORS headers for allowed origins. Without them the browser refuses the response.
 */
export function createCors(origins: readonly string[], methodsOf: (path: string) => readonly string[]): Middleware {
  const isAllowed = createOriginCheck(origins);
  return (request, response, next) => {
    const origin = request.headers.origin;
    const allowed = origin !== undefined && isAllowed(origin);
    if (origins.length > 0) response.setHeader("Vary", "Origin");
    if (allowed) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
    }
    if (request.method !== "OPTIONS") return next();
    const path = "parsedUrl" in request ? String(request.parsedUrl) : "/";
    const methods = [...methodsOf(path), "OPTIONS"].join(", ");
    if (allowed) {
      response.setHeader("Access-Control-Allow-Methods", methods);
      response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS);
      response.setHeader("Access-Control-Max-Age", PREFLIGHT_AGE);
    }
    response.writeHead(204, { Allow: methods }).end();
  };
}

/**
 * A response of the API is data: nothing in it may run, be framed or be stored. Pages set a looser policy of their own.
 */
export function createSecurityHeaders(): Middleware {
  const harden = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
    },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
    crossOriginResourcePolicy: { policy: "cross-origin" },
    referrerPolicy: { policy: "no-referrer" },
    xFrameOptions: { action: "deny" },
  });
  // The same for every response, so helmet runs once.
  const request = new IncomingMessage(new Socket());
  const model = new ServerResponse(request);
  model.setHeader("Cache-Control", "no-store");
  harden(request, model, () => undefined);
  const headers = new Map(Object.entries(model.getHeaders()).map(([name, value]) => [name, value!] as const));
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}
