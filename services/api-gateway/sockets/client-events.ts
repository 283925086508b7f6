/** Events that clients send. Each is checked against a schema, a permission and a rate, and then acknowledged. */
import type { ServiceBroker } from "moleculer";
import type { z } from "zod";
import { requireReadable } from "../../../access/event-scope.ts";
import { mayUseSession } from "../../../access/session-scope.ts";
import { Problem } from "../../../contracts/errors.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Permission } from "../../../contracts/permissions.ts";
import { setTyping } from "../../../contracts/routes/presence.ts";
import { Subscribe, Typing, type ClientToServerEvents, type SocketAnswer } from "../../../contracts/socket-events.ts";
import { findUnstorableText } from "../../../contracts/text.ts";
import { validationMessages } from "../../../contracts/validation-messages.ts";
import type { Database } from "../../../db/database.ts";
import { findSessionIds } from "../../../db/statements/identity/find-credentials.ts";
import { count } from "../../../metrics/metrics.ts";
import { isWithinLimits, type JsonLimits } from "../json-limits.ts";
import { problemOf, toDocument } from "../problems.ts";
import { describeAll, unstorableText } from "../validation.ts";
import { EVERYTHING, type Connection, type Subscription } from "./connection.ts";
import type { GatewaySocket } from "./types.ts";

/** Events per second and socket; a client that sends five times as many is disconnected. */
const PER_SECOND = 20;
/** ms. */
const CALL_TIMEOUT = 20_000;
/** A subscription may name 500 sessions and 100 types. */
const PAYLOAD_LIMITS: JsonLimits = { values: 700, depth: 4 };
/** Characters of an event's name that an answer repeats. */
const LONGEST_NAME = 100;

export interface ClientEventTools {
  readonly broker: ServiceBroker;
  readonly database: Database;
  /** Counts an event against the tenant's rate; throws `rate_limited`. */
  readonly countEvent: () => Promise<void>;
  /** The cursor of the latest event that was sent. */
  readonly cursor: () => string;
  /** Called after the connection's subscription has changed. */
  readonly onSubscription: (connection: Connection) => void;
}

type Handler = (connection: Connection, payload: unknown) => Promise<{ cursor?: string }>;

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((name) => `/${String(name)}`).join("");
}

function parse<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = schema.safeParse(payload ?? {}, validationMessages);
  const path = parsed.success ? findUnstorableText(payload) : undefined;
  if (parsed.success && path === undefined) return parsed.data;
  const errors = parsed.success ? [unstorableText(pointerOf(path ?? []))] : describeAll("body", parsed.error.issues);
  throw new Problem("validation", errors[0]?.detail, { errors: [...errors] });
}

/** The subscription that a client asks for. Throws `validation`, `forbidden` or `not_found`. */
export async function toSubscription(
  database: Database,
  connection: Connection,
  payload: unknown,
): Promise<Subscription> {
  const { sessions, types = null } = parse(Subscribe, payload);
  requireReadable(connection.resolved.principal, types ?? [], (index) => `/types/${index}`);
  if (sessions === undefined) return { sessions: null, types };
  const found = await findSessionIds(database, connection.tenantId, sessions);
  const isVisible = (id: string | undefined) => id !== undefined && mayUseSession(connection.resolved.principal, id);
  const missing = sessions.find((session) => !isVisible(found.get(session)));
  if (missing !== undefined) throw new Problem("not_found", `there is no session "${missing}"`);
  return { sessions: new Set(found.values()), types };
}

/** Calls the action of `PUT …/typing` on behalf of the socket's user or key. */
function typing({ broker }: ClientEventTools, state: "typing" | "paused"): Handler {
  return async (connection, payload) => {
    const { principal } = connection.resolved;
    if (!principal.permissions.includes(setTyping.permission as Permission))
      throw new Problem("forbidden", `these credentials lack ${setTyping.permission}`);
    const params = parse(Typing, payload);
    const meta = { principal, clientIp: connection.ip, requestId: createId("request") };
    await broker.call(setTyping.action, { params, query: undefined, body: { state } }, { meta, timeout: CALL_TIMEOUT });
    return {};
  };
}

function createHandlers(tools: ClientEventTools): Readonly<Record<keyof ClientToServerEvents, Handler>> {
  const subscribe = (connection: Connection, subscription: Subscription) => {
    connection.subscription = subscription;
    tools.onSubscription(connection);
    return { cursor: tools.cursor() };
  };
  return {
    subscribe: async (connection, payload) =>
      subscribe(connection, await toSubscription(tools.database, connection, payload)),
    unsubscribe: async (connection) => subscribe(connection, EVERYTHING),
    "typing:start": typing(tools, "typing"),
    "typing:stop": typing(tools, "paused"),
  };
}

/** Listens to the events of a connection's client; the listeners are removed with the socket. */
export function listen(tools: ClientEventTools, connection: Connection, socket: GatewaySocket): void {
  const isWithinRate = createRate(() => socket.disconnect(true));
  const handlers = new Map<string, Handler>(Object.entries(createHandlers(tools)));
  const handle = async (name: string, payload: unknown) => {
    if (!isWithinRate()) {
      count(tools.broker, "ratelimited_total", { policy: "socket" });
      throw new Problem("rate_limited", `${PER_SECOND} events per second are allowed`, { retryAfter: 1 });
    }
    await tools.countEvent();
    if (!isWithinLimits(payload, PAYLOAD_LIMITS))
      throw new Problem("payload_too_large", `a payload may have at most ${PAYLOAD_LIMITS.values} values`);
    const handler = handlers.get(name);
    if (handler === undefined)
      throw new Problem("route_not_found", `there is no such event; accepted: ${[...handlers.keys()].join(", ")}`);
    return handler(connection, payload);
  };
  socket.onAny((given: unknown, ...rest: unknown[]) => {
    const name = String(given).slice(0, LONGEST_NAME);
    const last = rest.at(-1);
    const acknowledge = typeof last === "function" ? (last as (answer: SocketAnswer) => void) : () => undefined;
    void handle(name, typeof rest[0] === "function" ? undefined : rest[0]).then(
      (answer) => acknowledge({ ok: true, ...answer }),
      (error: unknown) => {
        const requestId = createId("request");
        const problem = problemOf(error);
        if (problem === undefined) tools.broker.logger.error("socket event failed", { requestId, event: name, error });
        acknowledge({ error: toDocument(problem ?? new Problem("internal"), `socket:${name}`, requestId) });
      },
    );
  });
}

function createRate(disconnect: () => void): () => boolean {
  let [second, events] = [0, 0];
  return () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, events] = [now, 0];
    events += 1;
    if (events > PER_SECOND * 5) disconnect();
    return events <= PER_SECOND;
  };
}
