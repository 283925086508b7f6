/** What both streams do with a caller: check what it asks for, register it, and send it what it missed. */
import type { ServiceBroker } from "moleculer";
import { requirePermission } from "../steps.ts";
import type { CallMeta } from "../../../access/call.ts";
import { createId } from "../../../contracts/ids.ts";
import { streamEvents } from "../../../contracts/routes/event.ts";
import type { StreamGrant, StreamQuery } from "../../../contracts/streams.ts";
import type { z } from "zod";
import { Connection, EVERYTHING } from "../sockets/connection.ts";
import type { FanOut } from "../sockets/fan-out.ts";
import type { HandshakeTools } from "../sockets/handshake.ts";
import type { NamespaceRule } from "../sockets/namespaces.ts";
import type { Outlet } from "../sockets/outlet.ts";
import type { ResolvedCredential } from "../../../contracts/credentials.ts";

/** ms between two signs of life on a quiet stream: shorter than the idle timeouts of common proxies. */
export const HEARTBEAT = 20_000;
/** Bytes that may wait for a slow client before its stream is closed; it continues after its last cursor. */
export const MAX_WAITING = 4_000_000;
/** ms for the event service to answer. */
const CALL_TIMEOUT = 10_000;

export interface StreamOptions extends HandshakeTools {
  readonly broker: ServiceBroker;
  readonly fanOut: FanOut;
}

/** The caller of a stream, resolved, and what it asks for. */
export interface StreamRequest {
  readonly outlet: Outlet & { ready(cursor: string): void };
  readonly name: "stream:websocket" | "stream:sse";
  readonly credential: string;
  readonly ip: string;
  readonly resolved: ResolvedCredential;
  readonly query: z.output<typeof StreamQuery>;
}

/** The rule of a stream: all events, for those who may read the log. */
function ruleOf(name: StreamRequest["name"]): NamespaceRule {
  return { name, types: ["*"], permission: "event:read" };
}

/**
 * Opens a stream: `ready` with the cursor after which it follows, then what was missed, then live events. Throws the
 * problems of the route while the outlet has sent nothing; later failures close it.
 */
export async function openStream(options: StreamOptions, request: StreamRequest): Promise<void> {
  const { broker, fanOut, credentials } = options;
  const { outlet, credential, ip, resolved, query } = request;
  const { principal } = resolved;
  requirePermission(streamEvents, principal);
  const meta: CallMeta = { principal, clientIp: ip, requestId: createId("request") };
  const grant = await broker.call<StreamGrant, object>(
    streamEvents.action,
    { params: undefined, query, body: undefined },
    { meta, timeout: CALL_TIMEOUT },
  );
  const { quotas } = await credentials.limitsOf(principal.tenantId);
  const { types, sessionId } = grant;
  const isFiltered = types !== null || sessionId !== null;
  const subscription = { types, sessions: sessionId === null ? null : new Set([sessionId]) };
  const connection = new Connection(
    outlet,
    ruleOf(request.name),
    { credential, ip, resolved },
    isFiltered ? subscription : EVERYTHING,
  );
  await fanOut.admit(connection, quotas.sockets);
  outlet.ready(query.after ?? fanOut.cursorOf(connection));
  fanOut.goLive(connection, grant.position ?? undefined).catch((error: unknown) => {
    if (outlet.isOpen) broker.logger.error("replay to a stream failed", { error: String(error) });
    outlet.close("failed");
  });
}
