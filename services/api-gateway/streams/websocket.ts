/** WebSocket without Socket.io: who may open a stream, and which of them are still alive. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { z } from "zod";
import { waitAtMost } from "../../../concurrency/deadline.ts";
import { Problem } from "../../../contracts/errors.ts";
import { createId } from "../../../contracts/ids.ts";
import { CLOSINGS, StreamAuth, StreamQuery, SUBPROTOCOL, WEBSOCKET_PATH } from "../../../contracts/streams.ts";
import { count } from "../../../metrics/metrics.ts";
import { problemOf, toDocument } from "../problems.ts";
import { refuseUpgrade } from "../refusals.ts";
import { createUpgradeCheck, resolveCaller } from "../sockets/handshake.ts";
import { HEARTBEAT, openStream, type StreamOptions } from "./admission.ts";
import { credentialOfUpgrade, firstMessage, parseStream, type GivenCredential } from "./first-message.ts";
import { WebSocketOutlet } from "./websocket-outlet.ts";

/** Bytes of a message of a client; only the first one, with the credentials, is accepted. */
const LARGEST_MESSAGE = 16_000;
/** ms for connections to close when the gateway stops. */
const STOP_GRACE = 2_000;

type Query = z.output<typeof StreamQuery>;

export class WebSockets {
  readonly #options: StreamOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  readonly #open = new Map<WebSocket, WebSocketOutlet>();
  /** Those that have not answered the last ping. */
  readonly #silent = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;
  #isStopping = false;

  constructor(options: StreamOptions & { readonly server: Server; readonly corsOrigins: readonly string[] }) {
    this.#options = options;
    const check = createUpgradeCheck(options);
    options.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const path = request.url?.split("?")[0] ?? "";
      if (path.startsWith("/socket.io/")) return;
      // Node removes its own error listener before `upgrade`: without one, a reset here would end the process.
      const destroy = () => socket.destroy();
      socket.on("error", destroy);
      this.#admit(path, request, check).then(
        () => {
          socket.off("error", destroy);
          this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket, request));
        },
        (error: unknown) => refuseUpgrade(problemOf(error) ?? new Problem("internal"), path, socket),
      );
    });
    this.#heartbeat = setInterval(() => this.#ping(), HEARTBEAT);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#heartbeat);
    const closed = [...this.#open].map(([socket, outlet]) => {
      const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
      outlet.close("shutdown");
      return gone;
    });
    await waitAtMost(Promise.all(closed), STOP_GRACE);
    for (const socket of this.#open.keys()) socket.terminate();
  }

  async #admit(path: string, request: IncomingMessage, check: (request: IncomingMessage) => Promise<void>) {
    if (path !== WEBSOCKET_PATH) throw new Problem("route_not_found", `${WEBSOCKET_PATH} takes WebSockets`);
    if (this.#isStopping) throw new Problem("unavailable", CLOSINGS.shutdown.text);
    await check(request);
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    const outlet = new WebSocketOutlet(socket, () => count(this.#options.broker, "ws_events_sent_total", {}));
    this.#open.set(socket, outlet);
    socket.once("close", () => this.#open.delete(socket));
    socket.on("pong", () => this.#silent.delete(socket));
    // The close event follows, with the code of the error.
    socket.on("error", () => undefined);
    this.#serve(socket, outlet, request).catch((error: unknown) => this.#refuse(socket, outlet, error));
  }

  async #serve(socket: WebSocket, outlet: WebSocketOutlet, request: IncomingMessage): Promise<void> {
    const asQuery = Object.fromEntries(new URL(request.url ?? "/", "http://stream").searchParams);
    const query = parseStream(StreamQuery, asQuery, "query");
    const given = credentialOfUpgrade(request);
    if (given !== undefined) refuseMessages(socket, outlet);
    const asked = given === undefined ? await this.#authenticated(socket, outlet, query) : { ...given, query };
    const ip = this.#options.addressOf(request);
    const resolved = await resolveCaller(this.#options, asked, ip);
    const { tenantId } = resolved.principal;
    const { quotas } = await this.#options.credentials.limitsOf(tenantId);
    await this.#options.limits.countTenant(tenantId, quotas.requestsPerMinute);
    await openStream(this.#options, {
      outlet,
      name: "stream:websocket",
      credential: asked.credential,
      ip,
      resolved,
      query: asked.query,
    });
  }

  /** The credentials in the first message; the rest of it replaces the query. */
  async #authenticated(
    socket: WebSocket,
    outlet: WebSocketOutlet,
    query: Query,
  ): Promise<GivenCredential & { query: Query }> {
    const message = await firstMessage(socket);
    refuseMessages(socket, outlet);
    const { auth }: z.output<typeof StreamAuth> = parseStream(StreamAuth, message, "body");
    const { token, apiKey, ...asked } = auth;
    const credential = token ?? apiKey;
    if (credential === undefined) throw new Problem("unauthenticated", "auth has a token or an apiKey");
    return { credential, keyField: token === undefined ? "auth.apiKey" : undefined, query: { ...query, ...asked } };
  }

  /** Sends the problem, then closes: a page of a browser cannot read the response to a refused upgrade. */
  #refuse(socket: WebSocket, outlet: WebSocketOutlet, error: unknown): void {
    const { broker } = this.#options;
    const requestId = createId("request");
    const problem = problemOf(error) ?? new Problem("internal");
    if (problem.type === "forbidden") count(broker, "authz_denied_total", {});
    if (problem.type === "internal") broker.logger.error("stream failed", { requestId, error: String(error) });
    if (!outlet.isOpen) return;
    socket.send(JSON.stringify({ type: "error", problem: toDocument(problem, WEBSOCKET_PATH, requestId) }));
    outlet.closeWith(4_000 + problem.code, problem.type);
  }

  /** Pings every client, and drops those that have not answered the ping before. */
  #ping(): void {
    for (const socket of this.#open.keys()) {
      if (this.#silent.has(socket)) socket.terminate();
      else {
        this.#silent.add(socket);
        socket.ping();
      }
    }
  }
}

function refuseMessages(socket: WebSocket, outlet: WebSocketOutlet): void {
  socket.on("message", () => outlet.closeWith(1_008, "only the first message is read, and only for credentials"));
}
