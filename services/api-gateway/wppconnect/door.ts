/**
 * The door for clients of wppconnect-server: its routes, on a port of their own, as calls of this API's own routes. So
 * an unchanged client gets the queue, the states and the walls between tenants that every other client has.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger, ServiceBroker } from "moleculer";
import type { CallMeta } from "../../../access/call.ts";
import type { AccessChange } from "../../../contracts/broadcasts.ts";
import type { Config } from "../../../contracts/config.ts";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import { getSession, type Session } from "../../../contracts/routes/session.ts";
import { toSessionName } from "../../../compat/wppconnect/names.ts";
import type { Database } from "../../../db/database.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import { Router } from "../bindings.ts";
import { BODY_TIMEOUT } from "../body.ts";
import { problemOf } from "../problems.ts";
import { requestIdOf } from "../request.ts";
import { describeAll } from "../validation.ts";
import { limitTimes, REQUEST_TIMEOUTS } from "../slow-clients.ts";
import type { Steps } from "../steps.ts";
import { answerOf, NOT_ACTIVE, noSuchNumber } from "./answers.ts";
import { toChatIds, type Answer, type DoorCall, type DoorRoute, type Target } from "./call.ts";
import { openApiOfDoor } from "./openapi.ts";
import { receive } from "./receive.ts";
import { DoorSockets } from "./sockets.ts";
import { checkNumber } from "./routes/contacts.ts";
import { absentRoutes, doorRoutes } from "./table.ts";
import { TenantApi } from "./tenant-api.ts";

interface DoorTarget {
  readonly method: string;
  readonly fullPath: string;
  readonly route: DoorRoute | null;
  readonly why?: string;
}

interface Request extends IncomingMessage {
  body?: unknown;
}

export interface DoorOptions {
  readonly broker: ServiceBroker;
  readonly logger: Logger;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly steps: Steps;
  readonly config: Pick<Config, "host" | "maxMediaBytes"> & { readonly door: NonNullable<Config["wppconnectDoor"]> };
}

/** ms for open requests to finish when the door closes. */
const STOP_GRACE = 3_000;

const targets: readonly DoorTarget[] = [
  ...doorRoutes.map((route) => ({ method: route.method, fullPath: route.path, route })),
  ...absentRoutes.map(({ method, path, why }) => ({ method, fullPath: path, route: null, why })),
];

export class WppconnectDoor {
  readonly #options: DoorOptions;
  readonly #router = new Router(targets);
  readonly #server: Server;
  readonly #sockets: DoorSockets;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    limitTimes(this.#server, REQUEST_TIMEOUTS);
    const { broker, database, secrets, steps } = options;
    this.#sockets = new DoorSockets({ server: this.#server, broker, database, secrets, steps });
  }

  /** Opens the port; rejects when it is taken. */
  async start(): Promise<void> {
    const { config, logger } = this.#options;
    await this.#sockets.start();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(config.door.port, config.host, resolve);
    });
    logger.info(`wppconnect-server's clients are served on port ${this.port}`);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Reads the log now, because it may have new events. */
  wake(): void {
    this.#sockets.wake();
  }

  /** Ends the sockets whose access has changed. */
  recheck(change: AccessChange): void {
    this.#sockets.recheck(change);
  }

  async stop(): Promise<void> {
    await this.#sockets.stop();
    if (!this.#server.listening) return;
    const cut = setTimeout(() => this.#server.closeAllConnections(), STOP_GRACE);
    await new Promise((resolve) => this.#server.close(resolve));
    clearTimeout(cut);
  }

  async #serve(request: Request, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://door");
    const found = this.#router.find(request.method ?? "GET", url.pathname);
    const target = found?.target ?? null;
    const answer = await this.#answer(request, response, url, found).catch((error: unknown): Answer => {
      const problem = problemOf(error) ?? new Problem("internal");
      if (problem.type === "internal")
        this.#options.logger.error("request of the wppconnect-server door failed", {
          path: target?.fullPath ?? null,
          error: error instanceof Error ? error.stack : String(error),
        });
      if (problem.data?.retryAfter !== undefined)
        response.setHeader("Retry-After", Math.max(1, Math.ceil(problem.data.retryAfter)));
      return answerOf(problem, target?.route ?? null);
    });
    if (response.headersSent || response.destroyed) return;
    const isBinary = answer.type !== undefined;
    const body = isBinary ? (answer.body as Buffer) : Buffer.from(JSON.stringify(answer.body));
    response
      .writeHead(answer.status, {
        "Content-Type": answer.type ?? "application/json; charset=utf-8",
        "Content-Length": body.length,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      })
      .end(request.method === "HEAD" ? undefined : body);
  }

  async #answer(
    request: Request,
    response: ServerResponse,
    url: URL,
    found: ReturnType<Router<DoorTarget>["find"]>,
  ): Promise<Answer> {
    if (found === null) return this.#withoutRoute(url.pathname);
    const { route, why } = found.target;
    if (route === null) return { status: 501, body: { status: "error", message: `not offered here: ${why}` } };
    const { steps, broker, config } = this.#options;
    const params = found.params as Record<string, string>;
    const ip = steps.addressOf(request);
    const credential = credentialOf(request, route, params);
    if (credential === undefined) throw new Problem("unauthenticated", "Token não informado: send a Bearer token");
    const meta: CallMeta = { requestId: requestIdOf(request), clientIp: ip };
    const { principal } = await this.#resolve(credential, ip, route);
    const { quotas } = await steps.credentials.limitsOf(principal.tenantId);
    await steps.limits.countTenant(principal.tenantId, quotas.requestsPerMinute, response);
    const received =
      route.method === "GET"
        ? { body: {}, file: null }
        : await receive(request, steps.readBody, config.maxMediaBytes, BODY_TIMEOUT);
    const name = (params["session"] ?? "").split(":")[0] ?? "";
    const api = new TenantApi(broker, principal, meta);
    const session = toSessionName(name);
    let current: Promise<Session> | undefined;
    const call: DoorCall = {
      name,
      session,
      params,
      query: Object.fromEntries(url.searchParams),
      file: received.file,
      api,
      network: config.door.network,
      current: () => (current ??= api.call<Session>(getSession, { params: { session } })),
    };
    const body = bodyOf(route, received.body);
    return (await refusalOf(call, route, body)) ?? route.handle(call, body);
  }

  /** A wrong secret is that server's 400, and counts as a refused credential here. */
  async #resolve(credential: string, ip: string, route: DoorRoute) {
    const { steps } = this.#options;
    try {
      return await steps.credentials.resolve(credential, ip);
    } catch (error) {
      if (!isProblem(error)) throw error;
      await steps.limits.countRefusal(ip);
      if (route.access !== "secret" || error.type !== "unauthenticated") throw error;
      throw new Problem("validation", "The SECRET_KEY is incorrect");
    }
  }

  #withoutRoute(path: string): Answer {
    if (path === "/healthz") return { status: 200, body: { message: "OK", status: "success" } };
    if (path === "/api-docs" || path === "/api-docs/openapi.json") return { status: 200, body: openApiOfDoor() };
    return { status: 404, body: { status: "error", message: `there is no route ${path}; /api-docs lists them` } };
  }
}

/** The credential of a request: of the path, of the session's part of it (`name:token`), or a Bearer token. */
function credentialOf(
  request: IncomingMessage,
  route: DoorRoute,
  params: Readonly<Record<string, string>>,
): string | undefined {
  if (route.access === "secret") return params["secretkey"];
  const inPath = params["session"]?.split(":")[1];
  if (inPath !== undefined && inPath !== "") return inPath;
  const { authorization } = request.headers;
  return authorization === undefined ? undefined : authorization.replace(/^bearer\s+/i, "").trim();
}

/** The body as the route declares it. Throws `validation`. */
function bodyOf(route: DoorRoute, given: unknown): unknown {
  if (route.body === undefined) return undefined;
  const parsed = route.body.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = describeAll("body", parsed.error.issues);
  const [first] = errors;
  throw new Problem("validation", `${first?.pointer ?? ""}: ${first?.detail ?? "is not valid"}`, {
    errors: [...errors],
  });
}

/** States of a linked session in which a message waits in the queue instead of being refused. */
const AWAY = new Set(["reconnecting", "degraded", "syncing", "starting"]);

/**
 * That server answers only while its session is connected. Here what is sent while a linked session is away for a
 * moment is kept in the queue.
 */
async function refusalOf(call: DoorCall, route: DoorRoute, body: unknown): Promise<Answer | null> {
  if (route.live === undefined) return null;
  const { state, me } = await call.current();
  if (state !== "connected") return route.live === "phones" && me !== null && AWAY.has(state) ? null : NOT_ACTIVE;
  if (route.live !== "phones") return null;
  for (const chatId of toChatIds(body as Target)) {
    if (!chatId.endsWith("@c.us")) continue;
    const checked = await checkNumber(call, chatId);
    if (checked?.exists !== true) return noSuchNumber(chatId.replace(/@c\.us$/, ""));
  }
  return null;
}
