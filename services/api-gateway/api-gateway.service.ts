/**
 * The HTTP API under /api/v1, Socket.io and the streams. A request passes CORS, security headers, the address limit, authentication,
 * the tenant limit, the permission check, the body parser and validation, in this order, and then becomes one action
 * call. What each route requires is defined in contracts/routes.ts only.
 */
import { REQUEST_DEADLINE } from "../../contracts/deadlines.ts";
import type { Context, ServiceSchema } from "moleculer";
import ApiGateway, { type ApiSettingsSchema } from "moleculer-web";
import {
  ANALYTICS_UPDATED,
  AUTH_CHANGED,
  EVENTS_APPENDED,
  type AccessChange,
  type TenantUpdate,
} from "../../contracts/broadcasts.ts";
import { Problem } from "../../contracts/errors.ts";
import { BASE_PATH, routes } from "../../contracts/routes.ts";
import { streamEvents } from "../../contracts/routes/event.ts";
import { configOf, databaseMixin } from "../../mixins/database.mixin.ts";
import { count } from "../../metrics/metrics.ts";
import { secretsMixin } from "../../mixins/secrets.ts";
import { bindAliases, createUnmatched, Router } from "./bindings.ts";
import { BODY_TIMEOUT, createBodyReader } from "./body.ts";
import { Credentials } from "./credentials.ts";
import type { GatewayLocals, GatewayService, GatewaySettings } from "./types.ts";
import { pageAliases } from "./pages.ts";
import { problemPage, wantsPage } from "./problem-page.ts";
import { headersOf, problemOf, toDocument, uploadProblemOf } from "./problems.ts";
import { RateLimits } from "./rate-limits.ts";
import { refuseMoreFiles, refuseMalformed } from "./refusals.ts";
import { createRequestLog } from "./request-log.ts";
import { createAddressReader, requestIdOf, type GatewayRequest, type GatewayResponse } from "./request.ts";
import { createCors, createSecurityHeaders } from "./security-headers.ts";
import { cutOffAfterAnswer, limitTimes, REQUEST_TIMEOUTS } from "./slow-clients.ts";
import { Doors } from "./streams/doors.ts";
import { WppconnectDoor } from "./wppconnect/door.ts";
import { admit, authenticate, authorize, finish } from "./steps.ts";

/** ms for an upload, including the transfer of the file. */
const UPLOAD_TIMEOUT = 300_000;
/** ms for open requests to finish when the gateway stops. */
const STOP_GRACE = 3_000;
/** ms. Longer than proxies keep idle connections, so that they never write to one that is being closed. */
const KEEP_ALIVE = 65_000;

type AliasValue = string | { type: "multipart"; action: string } | typeof openStream;

/** Opens a stream once the steps before an action have admitted its request. */
function openStream(
  this: GatewayService,
  request: GatewayRequest,
  response: GatewayResponse,
  next: (error?: unknown) => void,
): void {
  if (this.live === undefined) next(new Problem("unavailable", "this server is starting"));
  else void this.live.eventSources.open(request, response).catch(next);
}

/** moleculer-web's aliases for the routes selected by `include`. */
function aliasesOf(include: (route: (typeof routes)[number]) => boolean): Record<string, AliasValue> {
  const target = (route: (typeof routes)[number]): AliasValue => {
    if (route === streamEvents) return openStream;
    return route.bodyKind === "upload" ? { type: "multipart", action: route.action } : route.action;
  };
  return Object.fromEntries(routes.filter(include).map((route) => [`${route.method} ${route.path}`, target(route)]));
}

const hooks = {
  mappingPolicy: "restrict" as const,
  mergeParams: false,
  bodyParsers: false,
  authentication: true,
  authorization: true,
  logging: false,
  async onBeforeCall(
    this: GatewayService,
    _ctx: Context,
    _route: unknown,
    request: unknown,
    response: unknown,
  ): Promise<void> {
    const incoming = request as GatewayRequest;
    incoming.binding = this.bindings.get(incoming.$alias!);
    incoming.$ctx.meta.requestId = incoming.$ctx.requestID!;
    if (incoming.binding !== undefined)
      await admit(this.steps, incoming.binding, incoming, response as GatewayResponse);
  },
  onAfterCall(_ctx: Context, _route: unknown, request: unknown, response: unknown, data: unknown): unknown {
    const { binding } = request as GatewayRequest;
    if (binding === undefined) return data;
    return finish(binding, request as GatewayRequest, response as GatewayResponse, data);
  },
};

const settings: ApiSettingsSchema & GatewaySettings = {
  ...REQUEST_TIMEOUTS,
  bodyTimeout: BODY_TIMEOUT,
  $secureSettings: ["routes", "use"],
  logRequest: null,
  logRequestParams: null,
  logResponse: null,
  logRouteRegistration: null,
  qsOptions: { depth: 0, parameterLimit: 100, plainObjects: true },
  use: [
    function (this: GatewayService, request: GatewayRequest, response: GatewayResponse, next: () => void) {
      this.logFinished(request, response);
      cutOffAfterAnswer(request, response, this.settings.restTimeout);
      this.cors(request, response, next);
    },
    function (this: GatewayService, request: GatewayRequest, response: GatewayResponse, next: () => void) {
      this.harden(request, response, next);
    },
  ],
  routes: [
    {
      ...hooks,
      name: "api",
      path: BASE_PATH,
      aliases: aliasesOf((route) => route.root !== true && route.bodyKind !== "upload"),
      callOptions: { timeout: REQUEST_DEADLINE },
    },
    {
      ...hooks,
      name: "uploads",
      path: BASE_PATH,
      aliases: aliasesOf((route) => route.bodyKind === "upload"),
      callOptions: { timeout: UPLOAD_TIMEOUT },
    },
    {
      ...hooks,
      name: "root",
      path: "/",
      aliases: { ...aliasesOf((route) => route.root === true), ...pageAliases },
      callOptions: { timeout: REQUEST_DEADLINE },
    },
  ],
};

export default {
  name: "api-gateway",
  mixins: [ApiGateway, secretsMixin, databaseMixin],
  settings,

  events: {
    [AUTH_CHANGED](this: GatewayService, ctx: Context<AccessChange>) {
      this.steps.credentials.forget(ctx.params);
      this.door?.recheck(ctx.params);
      return this.live?.fanOut.recheck(ctx.params);
    },

    [EVENTS_APPENDED](this: GatewayService) {
      this.live?.fanOut.wake();
      this.door?.wake();
    },

    [ANALYTICS_UPDATED](this: GatewayService, ctx: Context<TenantUpdate>) {
      this.live?.fanOut.update(ctx.params);
    },
  },

  methods: {
    /** Replaces moleculer-web's search; unknown paths resolve to an alias that answers with a problem. */
    resolveAlias(this: GatewayService, url: string, method = "GET") {
      const found = this.router.find(method, url);
      if (found !== null) return { alias: found.target, params: found.params };
      return { alias: this.unmatched, params: {} };
    },

    async authenticate(this: GatewayService, _ctx: Context, _route: unknown, request: GatewayRequest): Promise<void> {
      if (request.binding !== undefined) await authenticate(this.steps, request.binding, request);
    },

    async authorize(
      this: GatewayService,
      _ctx: Context,
      _route: unknown,
      request: GatewayRequest,
      response: GatewayResponse,
    ): Promise<void> {
      if (request.binding !== undefined) await authorize(this.steps, request.binding, request, response);
    },

    /** Handles the errors of all steps. */
    sendError(this: GatewayService, request: GatewayRequest, response: GatewayResponse, error: unknown): void {
      const requestId = request.$ctx.requestID ?? requestIdOf(request);
      const problem =
        problemOf(error) ?? uploadProblemOf(request.binding?.route.bodyKind, error) ?? new Problem("internal");
      if (problem.type === "internal") {
        this.logger.error("request failed", {
          requestId,
          action: request.binding?.route.action,
          error: error instanceof Error ? error.stack : String(error),
        });
      }
      // A broken upload reports its error twice. A response that has started can only be cut off.
      if (response.writableEnded) return;
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (problem.type === "forbidden") count(this.broker, "authz_denied_total", {});
      const document = toDocument(problem, request.parsedUrl, requestId);
      const allowed =
        problem.type === "method_not_allowed" ? { Allow: this.router.methodsOf(request.parsedUrl).join(", ") } : {};
      const page = wantsPage(request) ? problemPage(document) : undefined;
      response.appendHeader("Vary", "Accept");
      response
        .writeHead(document.status, { ...headersOf(problem), ...allowed, ...page?.headers })
        .end(request.method === "HEAD" ? undefined : (page?.body ?? JSON.stringify(document)));
    },

    /** Replaces moleculer-web's handler, which logs every error; `sendError` decides what is logged. */
    errorHandler(this: GatewayService, request: GatewayRequest, response: GatewayResponse, error: unknown): void {
      this.sendError(request, response, error);
    },
  },

  created() {
    const config = configOf(this.broker);
    Object.assign(this.settings, {
      port: config.port,
      ip: config.host,
      rootCallOptions: (options: { requestID?: string }, request: GatewayRequest) => {
        options.requestID = requestIdOf(request);
      },
    });
    this.server.keepAliveTimeout = KEEP_ALIVE;
    limitTimes(this.server, this.settings);
    this.server.on("clientError", refuseMalformed);
    this.router = new Router(this.aliases);
    this.bindings = bindAliases(this.aliases, routes);
    this.unmatched = createUnmatched(this.routes[0]!, this.router);
    this.cors = createCors(config.corsOrigins, (path) => this.router.methodsOf(path));
    this.harden = createSecurityHeaders();
    this.logFinished = createRequestLog(this.broker, this.logger, config.logLevel);
    this.steps = {
      addressOf: createAddressReader(config.trustedProxies),
      limits: new RateLimits(config.redisUrl, config.rateLimit, this.logger, (policy) =>
        count(this.broker, "ratelimited_total", { policy }),
      ),
      readBody: createBodyReader(config.maxMediaBytes, this.settings.bodyTimeout),
      credentials: new Credentials(this.broker),
    };
    const uploads = this.routes.find((route) => route.name === "uploads");
    if (uploads !== undefined)
      uploads.opts.busboyConfig = {
        limits: { files: 1, fileSize: config.maxMediaBytes, fields: 10, fieldSize: 1_000, parts: 11, headerPairs: 20 },
        onFilesLimit: refuseMoreFiles,
      };
  },

  async started() {
    const { server, broker, database, secrets } = this;
    const { addressOf, credentials, limits } = this.steps;
    this.live = new Doors({
      server,
      broker,
      database,
      secrets,
      credentials,
      limits,
      addressOf,
      corsOrigins: configOf(broker).corsOrigins,
    });
    await this.live.start();
    const config = configOf(broker);
    if (config.wppconnectDoor === null) return;
    this.door = new WppconnectDoor({
      broker,
      database,
      secrets,
      logger: this.logger,
      steps: this.steps,
      config: { host: config.host, maxMediaBytes: config.maxMediaBytes, door: config.wppconnectDoor },
    });
    await this.door.start();
  },

  async stopped() {
    await this.door?.stop();
    await this.live?.stop();
    this.steps.limits.close();
    if (!this.server.listening) return;
    const cut = setTimeout(() => this.server.closeAllConnections(), STOP_GRACE);
    this.server.once("close", () => clearTimeout(cut));
  },
} satisfies ServiceSchema<ApiSettingsSchema & GatewaySettings, object, GatewayLocals>;
