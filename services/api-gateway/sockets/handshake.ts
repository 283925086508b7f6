/** Who may open a socket: the origin of the request, then the credentials and the cursor in the handshake's `auth`. */
import type { IncomingMessage, Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { fromTenantCursor } from "../../../access/cursor.ts";
import { Problem } from "../../../contracts/errors.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import type { Credentials } from "../credentials.ts";
import { createOriginCheck } from "../security-headers.ts";
import { Connection } from "./connection.ts";
import { requireNamespace, type NamespaceRule } from "./namespaces.ts";
import type { GatewayServer, GatewaySocket } from "./types.ts";

/**
 * A Socket.io server on the gateway's HTTP server. Pages of other origins than its own and `corsOrigins` are refused.
 */
export function createSocketServer(server: HttpServer, corsOrigins: readonly string[]): GatewayServer {
  const isAllowed = createOriginCheck(corsOrigins);
  return new Server(server, {
    path: "/socket.io",
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: 64_000,
    perMessageDeflate: false,
    allowRequest: ({ headers: { origin, host } }, done) => {
      const isSameHost = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
      done(null, origin === undefined || isAllowed(origin) || isSameHost);
    },
  });
}

/** Characters of a cursor; longer ones are not valid. */
const LONGEST_CURSOR = 500;

export interface HandshakeTools {
  readonly secrets: Secrets;
  readonly credentials: Credentials;
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

/**
 * Checks the handshake and returns the connection with the tenant's limit of sockets (null for none). Throws
 * `unauthenticated`, `forbidden` or `cursor_invalid`.
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
  const resolved = await tools.credentials.resolve(credential, ip);
  resumePosition(tools.secrets, socket, resolved.principal.tenantId);
  requireNamespace(rule, resolved.principal);
  const { quotas } = await tools.credentials.limitsOf(resolved.principal.tenantId);
  return { connection: new Connection(socket, rule, { credential, ip, resolved }), limit: quotas.sockets };
}
