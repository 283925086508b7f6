/**
 * Socket.io on the gateway's HTTP server. The event log is the source: each gateway reads it and serves its own sockets, so
 * no adapter joins the gateways, and a client that comes back with its cursor has missed nothing.
 */
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { ServiceBroker } from "moleculer";
import { Server, type Namespace, type Socket } from "socket.io";
import { matchesPatterns, socketName, type EventEnvelope } from "../../../contracts/events.ts";
import { Problem, isProblem } from "../../../contracts/errors.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import type { LoggedEvent } from "../../../db/statements/events/read-events.ts";
import type { AccessChange } from "../../../access/access-changes.ts";
import { fromCursor, toCursor } from "../../../access/cursor.ts";
import { createLiveReader, type LiveReader } from "../../../event-log/readers.ts";
import { count, gauge } from "../../../metrics/metrics.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import type { TenantUpdate, UpdateThrottle } from "../../../event-log/analytics-updates.ts";
import { isConcerned, type Credentials } from "../credentials.ts";
import { problemOf, toDocument } from "../problems.ts";
import { createOriginCheck } from "../security-headers.ts";
import { createAnalyticsUpdates } from "./analytics-updates.ts";
import { listen } from "./client-events.ts";
import { Connection, type PlacedEvent } from "./connection.ts";
import { NAMESPACES, requireNamespace, type NamespaceRule } from "./namespaces.ts";
import { Registry } from "./registry.ts";
import { replay } from "./replay.ts";
import { UserSockets } from "./user-sockets.ts";

export interface SocketOptions {
  readonly server: HttpServer;
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
  readonly corsOrigins: readonly string[];
  readonly addressOf: (request: IncomingMessage) => string;
}

/** ms between looks at who has expired or reads too slowly; every `RECHECK`th look checks all credentials anew. */
const LOOK = 5_000;
const RECHECK = 12;
/** Packets that may wait for a slow reader before it is cut off; its cursor brings it back. */
const SLOW = 2_000;

/** What engine.io has not handed to the network yet; its types keep it private. */
interface WriteBuffer {
  readonly writeBuffer: readonly unknown[];
}

export class Sockets {
  readonly registry: Registry;
  readonly #options: SocketOptions;
  readonly #io: Server;
  readonly #namespaces = new Map<string, Namespace>();
  readonly #reader: LiveReader;
  readonly #userSockets: UserSockets;
  readonly #analytics: UpdateThrottle;
  #timer: NodeJS.Timeout | undefined;
  #looks = 0;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.registry = new Registry((namespace, connections) =>
      gauge(options.broker, "ws_connections", { namespace }, connections),
    );
    const isAllowed = createOriginCheck(options.corsOrigins);
    this.#io = new Server(options.server, {
      path: "/socket.io",
      transports: ["websocket"],
      serveClient: false,
      maxHttpBufferSize: 64_000,
      perMessageDeflate: false,
      allowRequest: (request, done) => {
        const { origin, host } = request.headers;
        done(
          null,
          origin === undefined || isAllowed(origin) || (URL.canParse(origin) && new URL(origin).host === host),
        );
      },
    });
    for (const rule of NAMESPACES) {
      gauge(options.broker, "ws_connections", { namespace: rule.name }, 0);
      this.#serve(rule);
    }
    this.#userSockets = new UserSockets(options.broker);
    this.#analytics = createAnalyticsUpdates((envelope) => this.#tell(envelope));
    this.#reader = createLiveReader({
      database: options.database,
      logger: options.broker.logger,
      name: "sockets",
      onEvents: (events) => this.#fanOut(events),
    });
  }

  async start(): Promise<void> {
    await this.#reader.start();
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  /** There may be new events. */
  wake(): void {
    this.#reader.wake();
  }

  /** Closes every socket; the HTTP server is its owner's to close. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#analytics.stop();
    await this.#reader.stop();
    for (const namespace of this.#namespaces.values()) namespace.disconnectSockets(true);
    this.#io.engine.close();
    await this.#userSockets.stop();
  }

  /** Passes on what analytics has counted. */
  update(update: TenantUpdate): void {
    this.#analytics.offer(update);
  }

  /** Looks again at the sockets of those whose access has changed. */
  async recheck(change: AccessChange): Promise<void> {
    const concerned = [...this.registry.ofTenant(change.tenantId)].filter((connection) =>
      isConcerned(connection.resolved, change),
    );
    await Promise.all(concerned.map((connection) => this.#checkAgain(connection)));
  }

  #serve(rule: NamespaceRule): void {
    const namespace = this.#io.of(rule.name);
    this.#namespaces.set(rule.name, namespace);
    namespace.use((socket, next) => {
      this.#admit(socket, rule).then(
        () => next(),
        (error: unknown) => next(this.#toConnectError(error)),
      );
    });
    namespace.on("connection", (socket) => {
      const connection = socket.data as Connection;
      void this.#welcome(connection).catch((error: unknown) => {
        if (!isProblem(error))
          this.#options.broker.logger.error("a socket could not be caught up", { error: String(error) });
        socket.disconnect(true);
      });
    });
  }

  /** Checks the handshake; the connection is counted from here on. */
  async #admit(socket: Socket, rule: NamespaceRule): Promise<void> {
    const auth = socket.handshake.auth as Record<string, unknown>;
    const credential = auth["token"] ?? auth["apiKey"];
    if (typeof credential !== "string" || credential === "" || credential.length > 4_000) {
      throw new Problem("unauthenticated", "the handshake needs auth: { token } or { apiKey }");
    }
    if (auth["after"] !== undefined && auth["after"] !== null)
      fromCursor(this.#options.secrets, "events", String(auth["after"]), "after");
    const ip = this.#options.addressOf(socket.request);
    const resolved = await this.#options.credentials.resolve(credential, ip);
    requireNamespace(rule, resolved.principal);
    const { quotas } = await this.#options.credentials.limitsOf(resolved.principal.tenantId);
    const connection = new Connection(socket, rule, { credential, ip, resolved });
    const release = await this.#reader.hold();
    try {
      this.#add(connection, quotas.sockets, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  #add(connection: Connection, limit: number | null, release: () => void): void {
    const { socket } = connection;
    // One that went away meanwhile would never say so again, and be counted for ever.
    if (socket.conn.readyState !== "open") throw new Problem("unavailable", "the socket closed during its handshake");
    this.registry.add(connection, limit);
    this.#userSockets.add(connection);
    const remove = () => {
      socket.conn.off("close", remove);
      this.registry.remove(connection);
      this.#userSockets.remove(connection);
      release();
    };
    socket.conn.once("close", remove);
    socket.once("disconnect", remove);
    socket.data = connection;
    // Broadcasts to a room pass here as well, once for each socket in it.
    if (this.#options.broker.isMetricsEnabled())
      socket.onAnyOutgoing(() => count(this.#options.broker, "ws_events_sent_total", {}));
  }

  #toConnectError(error: unknown): Error {
    const requestId = createId("request");
    const problem = problemOf(error) ?? new Problem("internal");
    if (problem.type === "forbidden") count(this.#options.broker, "authz_denied_total", {});
    if (problem.type === "internal")
      this.#options.broker.logger.error("socket handshake failed", { requestId, error: String(error) });
    return Object.assign(new Error(problem.message), { data: toDocument(problem, "/socket.io", requestId) });
  }

  async #welcome(connection: Connection): Promise<void> {
    const { database, secrets, broker } = this.#options;
    const cursor = () => toCursor(secrets, "events", String(this.#position));
    listen({ broker, database, cursor, rewire: (changed) => this.#rewire(changed) }, connection);
    const after = (connection.socket.handshake.auth as Record<string, unknown>)["after"];
    if (after === undefined || after === null) connection.release(0);
    else {
      const from = Number(fromCursor(secrets, "events", String(after), "after"));
      const replayed = await replay({ database, place: (event) => this.#place(event) }, connection, from);
      count(broker, "ws_replay_events_total", {}, replayed.seen);
      const complete = connection.release(replayed.outcome === "caught-up" ? replayed.position : this.#position);
      if (replayed.outcome === "too-old" || !complete) {
        connection.socket.emit(
          "resync",
          { reason: "the events since the cursor are too many or too old" },
          { cursor: cursor() },
        );
      }
    }
    this.#rewire(connection);
  }

  /** A plain connection is served by its tenant's room, where an event is encoded once for all. */
  #rewire(connection: Connection): void {
    const room = roomOf(connection.tenantId);
    if (connection.isPlain(this.#position)) void connection.socket.join(room);
    else void connection.socket.leave(room);
  }

  #place(event: LoggedEvent): PlacedEvent {
    return {
      position: event.position,
      envelope: event.envelope,
      cursor: toCursor(this.#options.secrets, "events", String(event.position)),
    };
  }

  get #position(): number {
    return this.#reader.position;
  }

  #fanOut(events: readonly LoggedEvent[]): void {
    for (const event of events) this.#emit(event.envelope.tenantId, () => this.#place(event));
  }

  /** Sends an event that stands in no log: it comes after all that do, and the cursor with it is that of the latest of them. */
  #tell(envelope: EventEnvelope): void {
    const cursor = toCursor(this.#options.secrets, "events", String(this.#position));
    this.#emit(envelope.tenantId, () => ({ position: Infinity, envelope, cursor }));
  }

  #emit(tenantId: string, place: () => PlacedEvent): void {
    const connections = [...this.registry.ofTenant(tenantId)];
    if (connections.length === 0) return;
    const placed = place();
    const { type } = placed.envelope;
    for (const rule of NAMESPACES) {
      if (matchesPatterns(type, rule.types))
        this.#namespaces
          .get(rule.name)!
          .to(roomOf(tenantId))
          .emit(socketName(type), placed.envelope, { cursor: placed.cursor });
    }
    for (const connection of connections) if (!connection.socket.rooms.has(roomOf(tenantId))) connection.offer(placed);
  }

  #look(): void {
    this.#looks += 1;
    const now = Date.now();
    for (const connection of [...this.registry.all()]) {
      const expired = (connection.resolved.expiresAt ?? Infinity) <= now;
      const slow = (connection.socket.conn as unknown as WriteBuffer).writeBuffer.length > SLOW;
      if (expired || slow) connection.socket.disconnect(true);
      else if (this.#looks % RECHECK === 0) void this.#checkAgain(connection);
    }
  }

  async #checkAgain(connection: Connection): Promise<void> {
    try {
      const resolved = await this.#options.credentials.resolve(connection.credential, connection.ip);
      requireNamespace(connection.rule, resolved.principal);
      connection.resolved = resolved;
      this.#rewire(connection);
    } catch (error) {
      // Only a clear no closes it: a moment without the auth service is no reason.
      const problem = problemOf(error);
      if (problem !== undefined && problem.code < 500) connection.socket.disconnect(true);
    }
  }
}

function roomOf(tenantId: string): string {
  return `t:${tenantId}`;
}
