/** Who may open a socket: the origin of the request, then the credentials and the cursor in the handshake's `auth`. */
import type { IncomingMessage, Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { fromTenantCursor } from "../../../access/cursor.ts";
import type { ResolvedCredential } from "../../../contracts/credentials.ts";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import { requireApiKey, type Credentials } from "../credentials.ts";
import type { RateLimits } from "../rate-limits.ts";
import { createOriginCheck } from "../security-headers.ts";
import { Connection } from "./connection.ts";
import { requireNamespace, type NamespaceRule } from "./namespaces.ts";
import { SocketOutlet } from "./outlet.ts";
import type { GatewayServer, GatewaySocket } from "./types.ts";

/** Bytes of a packet; the largest that is accepted is a subscription to 500 sessions. */
const LARGEST_PACKET = 32_000;
/** ms for a connection to join a namespace. */
const JOIN_TIMEOUT = 10_000;

/** Throws `forbidden` for pages of other origins than its own and `corsOrigins`, `rate_limited` for too many upgrades. */
export function createUpgradeCheck({
  corsOrigins,
  addressOf,
  limits,
}: Pick<HandshakeTools, "addressOf" | "limits"> & { corsOrigins: readonly string[] }): (
  request: IncomingMessage,
) => Promise<void> {
  const isAllowed = createOriginCheck(corsOrigins);
  return async (request) => {
    const { origin, host } = request.headers;
    const isSameHost = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
    if (origin !== undefined && !isAllowed(origin) && !isSameHost)
      throw new Problem("forbidden", "pages of this origin are not in WPP_CORS_ORIGINS");
    await limits.countSocket(addressOf(request));
  };
}

/**
 * A Socket.io server on the gateway's HTTP server. Pages of other origins than its own and `corsOrigins` are refused, and
 * so are addresses that connect too often.
 */
export function createSocketServer(
  server: HttpServer,
  { corsOrigins, addressOf, limits }: Pick<HandshakeTools, "addressOf" | "limits"> & { corsOrigins: readonly string[] },
): GatewayServer {
  const admit = createUpgradeCheck({ corsOrigins, addressOf, limits });
  return new Server(server, {
    path: "/socket.io",
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: LARGEST_PACKET,
    connectTimeout: JOIN_TIMEOUT,
    perMessageDeflate: false,
    // The streams take other upgrades, and refuse those that are not theirs.
    destroyUpgrade: false,
    allowRequest: (request, done) => {
      admit(request).then(
        () => done(null, true),
        (error: unknown) => done(error instanceof Error ? error.message : String(error), false),
      );
    },
  });
}

/** Characters of a cursor; longer ones are not valid. */
const LONGEST_CURSOR = 500;

export interface HandshakeTools {
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly limits: RateLimits;
  readonly addressOf: (request: IncomingMessage) => string;
}

function authOf(socket: GatewaySocket): Record<string, unknown> {
  return socket.handshake.auth as Record<string, unknown>;
}

/** The position to resume after; undefined when the client gave no cursor. Throws `cursor_invalid`. */
export function resumePosition(secrets: Secrets, socket: GatewaySocket, tenantId: string): number | undefined {
  const after = authOf(socket)["after"];
  if (after === undefined || after === null) return undefined;
  return fromTenantCursor(secrets, "events", tenantId, String(after).slice(0, LONGEST_CURSOR), "after");
}

/** The subscription that the handshake asks for, as `subscribe` takes it; undefined for everything. */
export function wantedOf(socket: GatewaySocket): object | undefined {
  const { sessions, types } = authOf(socket);
  if (sessions === undefined && types === undefined) return undefined;
  return { ...(sessions === undefined ? {} : { sessions }), ...(types === undefined ? {} : { types }) };
}

/** The caller behind the credential. A refused one counts against the address, like that of a request. */
export async function resolveCaller(
  tools: Pick<HandshakeTools, "credentials" | "limits">,
  { credential, keyField }: { credential: string; keyField: string | undefined },
  ip: string,
): Promise<ResolvedCredential> {
  try {
    if (keyField !== undefined) requireApiKey(credential, keyField);
    return await tools.credentials.resolve(credential, ip);
  } catch (error) {
    if (isProblem(error) && error.code < 500) await tools.limits.countRefusal(ip);
    throw error;
  }
}

/**
 * Checks the handshake and returns the connection with the tenant's limit of sockets (null for none). Throws
 * `unauthenticated`, `forbidden`, `rate_limited` or `cursor_invalid`.
 */
export async function checkHandshake(
  tools: HandshakeTools,
  socket: GatewaySocket,
  rule: NamespaceRule,
): Promise<{ connection: Connection; limit: number | null }> {
  const { token, apiKey } = authOf(socket);
  const credential = token ?? apiKey;
  if (typeof credential !== "string" || credential === "" || credential.length > 4_000)
    throw new Problem("unauthenticated", "the handshake needs auth: { token } or { apiKey }");
  const ip = tools.addressOf(socket.request);
  const resolved = await resolveCaller(
    tools,
    { credential, keyField: token === undefined ? "auth.apiKey" : undefined },
    ip,
  );
  resumePosition(tools.secrets, socket, resolved.principal.tenantId);
  requireNamespace(rule, resolved.principal);
  const { quotas } = await tools.credentials.limitsOf(resolved.principal.tenantId);
  await tools.limits.countTenant(resolved.principal.tenantId, quotas.requestsPerMinute);
  return {
    connection: new Connection(new SocketOutlet(socket), rule, { credential, ip, resolved }),
    limit: quotas.sockets,
  };
}
