/** What clients may say over a socket. Each is held to a schema, a permission and a rate, and answered by an acknowledgement. */
import type { ServiceBroker } from "moleculer";
import { z } from "zod";
import type { ProblemBody } from "../../../contracts/errors.ts";
import { Problem, type FieldProblem } from "../../../contracts/errors.ts";
import { EventPattern } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import { count } from "../../../metrics/metrics.ts";
import { mayUseSession } from "../../../access/session-scope.ts";
import { findUnstorableText } from "../../../contracts/text.ts";
import { validationMessages } from "../../../contracts/validation-messages.ts";
import { setTyping } from "../../../contracts/routes/presence.ts";
import type { Database } from "../../../db/database.ts";
import { findSessionIds } from "../../../db/statements/identity/find-credentials.ts";
import { problemOf, toDocument } from "../problems.ts";
import { unstorableText } from "../validation.ts";
import { EVERYTHING, type Connection, type Subscription } from "./connection.ts";

export type Answer = { ok: true; cursor?: string } | { error: z.infer<typeof ProblemBody> };

const Subscribe = z.strictObject({
  sessions: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  types: z.array(EventPattern).min(1).max(100).optional(),
});
const Typing = z.strictObject({ session: z.string().min(1).max(100), chatId: z.string().min(3).max(80) });

/** Events per second and socket; a client that goes on at five times that is cut off. */
const PER_SECOND = 20;
const CALL_TIMEOUT = 20_000;
/** Characters of an event's name that an answer repeats. */
const LONGEST_NAME = 100;

export interface ClientEventTools {
  readonly broker: ServiceBroker;
  readonly database: Database;
  /** The cursor of the latest event that went out. */
  readonly cursor: () => string;
  /** Called after a connection wants something else than before. */
  readonly rewire: (connection: Connection) => void;
}

type Handler = (connection: Connection, payload: unknown) => Promise<Omit<Extract<Answer, { ok: true }>, "ok">>;

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((name) => `/${String(name)}`).join("");
}

function toFieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { pointer: pointerOf(issue.path), code: issue.code, detail: issue.message };
}

function parse<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const parsed = schema.safeParse(payload ?? {}, validationMessages);
  const path = parsed.success ? findUnstorableText(payload) : undefined;
  if (parsed.success && path === undefined) return parsed.data;
  const errors = parsed.success ? [unstorableText(pointerOf(path ?? []))] : parsed.error.issues.map(toFieldProblem);
  throw new Problem("validation", errors[0]?.detail, { errors });
}

function createHandlers(tools: ClientEventTools): Readonly<Record<string, Handler>> {
  const toWishes = async (connection: Connection, payload: unknown): Promise<Subscription> => {
    const { sessions, types } = parse(Subscribe, payload);
    if (sessions === undefined) return { sessions: null, types: types ?? null };
    const found = await findSessionIds(tools.database, connection.tenantId, sessions);
    const isThere = (id: string | undefined) => id !== undefined && mayUseSession(connection.resolved.principal, id);
    const missing = sessions.find((session) => !isThere(found.get(session)));
    if (missing !== undefined) throw new Problem("not_found", `there is no session "${missing}"`);
    return { sessions: new Set(found.values()), types: types ?? null };
  };
  const typing = (state: "typing" | "paused"): Handler => {
    return async (connection, payload) => {
      const { principal } = connection.resolved;
      if (!principal.permissions.includes(setTyping.permission as "presence:write"))
        throw new Problem("forbidden", `these credentials lack ${setTyping.permission}`);
      const params = parse(Typing, payload);
      const meta = { principal, clientIp: connection.ip, requestId: createId("request") };
      await tools.broker.call(
        setTyping.action,
        { params, query: undefined, body: { state } },
        { meta, timeout: CALL_TIMEOUT },
      );
      return {};
    };
  };
  return {
    subscribe: async (connection, payload) => {
      connection.wishes = await toWishes(connection, payload);
      tools.rewire(connection);
      return { cursor: tools.cursor() };
    },
    unsubscribe: async (connection) => {
      connection.wishes = EVERYTHING;
      tools.rewire(connection);
      return { cursor: tools.cursor() };
    },
    "typing:start": typing("typing"),
    "typing:stop": typing("paused"),
  };
}

/** Listens to a connection's own events; the listeners go with the socket. */
export function listen(tools: ClientEventTools, connection: Connection): void {
  const { socket } = connection;
  const isWithinRate = createRate(() => socket.disconnect(true));
  const handlers = new Map(Object.entries(createHandlers(tools)));
  const handle = async (name: string, payload: unknown) => {
    if (!isWithinRate()) {
      count(tools.broker, "ratelimited_total", { policy: "socket" });
      throw new Problem("rate_limited", `${PER_SECOND} events per second are allowed`, { retryAfter: 1 });
    }
    const handler = handlers.get(name);
    if (handler === undefined)
      throw new Problem("route_not_found", `there is no such event; accepted: ${[...handlers.keys()].join(", ")}`);
    return handler(connection, payload);
  };
  socket.onAny((given: unknown, ...rest: unknown[]) => {
    const name = String(given).slice(0, LONGEST_NAME);
    const last = rest.at(-1);
    const acknowledge = typeof last === "function" ? (last as (answer: Answer) => void) : () => undefined;
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

function createRate(cutOff: () => void): () => boolean {
  let [second, said] = [0, 0];
  return () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, said] = [now, 0];
    said += 1;
    if (said > PER_SECOND * 5) cutOff();
    return said <= PER_SECOND;
  };
}
