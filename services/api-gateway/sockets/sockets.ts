/**
 * Socket.io on the gateway's HTTP server. The event log is the source: each gateway reads it and serves its own
 * sockets, so gateways need no adapter between them, and a client that resumes with its cursor has missed nothing.
 */
import type { Server as HttpServer } from "node:http";
import type { ServiceBroker } from "moleculer";
import { eventCursor, toEnvelope } from "../../../access/cursor.ts";
import { MergingThrottle } from "../../../concurrency/merging-throttle.ts";
import { mergeUpdates, UPDATE_INTERVAL, type AnalyticsUpdate } from "../../../contracts/analytics.ts";
import type { AccessChange, TenantUpdate } from "../../../contracts/broadcasts.ts";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import { matchesPatterns, type EventEnvelope } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import type { LoggedEvent } from "../../../db/statements/events/read-events.ts";
import { createLiveReader, type LiveReader } from "../../../event-log/live-reader.ts";
import { count, gauge } from "../../../metrics/metrics.ts";
import { isConcerned } from "../credentials.ts";
import { problemOf, toDocument } from "../problems.ts";
import { listen, toSubscription } from "./client-events.ts";
import type { Connection, PositionedEvent } from "./connection.ts";
import { checkHandshake, createSocketServer, resumePosition, wantedOf, type HandshakeTools } from "./handshake.ts";
import { HandshakeLimits, limitPackets } from "./connection-limits.ts";
import { refuseLongPolling } from "./long-polling.ts";
import { NAMESPACES, requireNamespace, type NamespaceRule } from "./namespaces.ts";
import { Registry } from "./registry.ts";
import { replay } from "./replay.ts";
import { emitEvent, type GatewayNamespace, type GatewayServer, type GatewaySocket } from "./types.ts";
import { UserSockets } from "./user-sockets.ts";

export interface SocketOptions extends HandshakeTools {
  readonly server: HttpServer;
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly corsOrigins: readonly string[];
}

/** ms between two inspections of all sockets; every twelfth inspection also checks all credentials again. */
const INSPECTION_INTERVAL = 5_000;
const INSPECTIONS_PER_RECHECK = 12;
/** Packets that may wait for a slow client before it is disconnected; it resumes with its cursor. */
const MAX_BUFFERED = 2_000;

/** The packets that engine.io has not passed to the network yet; private in its types. */
interface WriteBuffer {
  readonly writeBuffer: readonly unknown[];
}

export class Sockets {
  readonly registry: Registry;
  readonly #options: SocketOptions;
  readonly #io: GatewayServer;
  readonly #namespaces = new Map<string, GatewayNamespace>();
  readonly #reader: LiveReader;
  readonly #userSockets: UserSockets;
  /** Each replica of analytics limits its updates; this limits all of them together. */
  readonly #updates: MergingThrottle<AnalyticsUpdate>;
  readonly #handshakes = new HandshakeLimits();
  #timer: NodeJS.Timeout | undefined;
  #inspections = 0;

  constructor(options: SocketOptions) {
    const { broker, database } = options;
    this.#options = options;
    this.registry = new Registry((namespace, connections) =>
      gauge(broker, "ws_connections", { namespace }, connections),
    );
    this.#io = createSocketServer(options.server, options);
    limitPackets(this.#io.engine);
    this.#io.engine.use(refuseLongPolling);
    for (const rule of NAMESPACES) {
      gauge(broker, "ws_connections", { namespace: rule.name }, 0);
      this.#serve(rule);
    }
    this.#userSockets = new UserSockets(broker);
    this.#updates = new MergingThrottle({
      interval: UPDATE_INTERVAL,
      merge: mergeUpdates,
      emit: (tenantId, data) => this.#sendUpdate(tenantId, data),
    });
    this.#reader = createLiveReader({
      database,
      logger: broker.logger,
      name: "sockets",
      onEvents: (events) => this.#fanOut(events),
    });
  }

  async start(): Promise<void> {
    await this.#reader.start();
    this.#timer = setInterval(() => this.#inspect(), INSPECTION_INTERVAL);
  }

  /** Reads the log now, because it may have new events. */
  wake(): void {
    this.#reader.wake();
  }

  /** Closes every socket. The HTTP server stays open: its owner closes it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#updates.stop();
    await this.#reader.stop();
    for (const namespace of this.#namespaces.values()) namespace.disconnectSockets(true);
    this.#io.engine.close();
    await this.#userSockets.stop();
  }

  /** Sends the new counts of analytics to the tenant's sockets, at most once a second. */
  update({ tenantId, data }: TenantUpdate): void {
    this.#updates.offer(tenantId, data);
  }

  /** Checks the credentials of the sockets whose access has changed; those that lost it are disconnected. */
  async recheck(change: AccessChange): Promise<void> {
    const concerned = [...this.registry.ofTenant(change.tenantId)].filter((connection) =>
      isConcerned(connection.resolved, change),
    );
    await Promise.all(concerned.map((connection) => this.#recheckOne(connection)));
  }

  #serve(rule: NamespaceRule): void {
    const namespace: GatewayNamespace = this.#io.of(rule.name);
    this.#namespaces.set(rule.name, namespace);
    namespace.use((socket, next) => {
      this.#handshakes
        .run(socket.conn, () => this.#admit(socket, rule))
        .then(
          () => next(),
          (error: unknown) => {
            next(this.#toConnectError(error));
            this.#handshakes.countRefusal(socket.conn);
          },
        );
    });
    namespace.on("connection", (socket) => {
      void this.#goLive(socket.data.connection).catch((error: unknown) => {
        if (!isProblem(error)) this.#options.broker.logger.error("replay to a socket failed", { error: String(error) });
        socket.disconnect(true);
      });
    });
  }

  /** Checks the handshake and registers the connection. */
  async #admit(socket: GatewaySocket, rule: NamespaceRule): Promise<void> {
    const { connection, limit } = await checkHandshake(this.#options, socket, rule);
    const wanted = wantedOf(socket);
    if (wanted !== undefined)
      connection.subscription = await toSubscription(this.#options.database, connection, wanted);
    const release = await this.#reader.subscribe();
    try {
      this.#add(connection, limit, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  #add(connection: Connection, limit: number | null, release: () => void): void {
    const { socket } = connection;
    // Its close event has already been emitted, so the connection would stay registered forever.
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
    socket.data.connection = connection;
    // Called for broadcasts to a room too, once for each socket in it.
    if (this.#options.broker.isMetricsEnabled())
      socket.onAnyOutgoing(() => count(this.#options.broker, "ws_events_sent_total", {}));
  }

  #toConnectError(error: unknown): Error {
    const { broker } = this.#options;
    const requestId = createId("request");
    const problem = problemOf(error) ?? new Problem("internal");
    if (problem.type === "forbidden") count(broker, "authz_denied_total", {});
    if (problem.type === "internal")
      broker.logger.error("socket handshake failed", { requestId, error: String(error) });
    return Object.assign(new Error(problem.message), { data: toDocument(problem, "/socket.io", requestId) });
  }

  /** Replays the events that the client missed since its cursor, if it sent one; live events follow. */
  async #goLive(connection: Connection): Promise<void> {
    const { database, secrets, broker } = this.#options;
    const cursor = () => this.#cursorOf(connection.tenantId, this.#reader.position);
    const countEvent = () => this.#countEvent(connection);
    listen(
      { broker, database, cursor, countEvent, onSubscription: (changed) => this.#updateRoom(changed) },
      connection,
    );
    const after = resumePosition(secrets, connection.socket, connection.tenantId);
    if (after === undefined) connection.goLive(0);
    else {
      const replayed = await replay({ database, withCursor: (event) => this.#withCursor(event) }, connection, after);
      count(broker, "ws_replay_events_total", {}, replayed.seen);
      const isComplete = connection.goLive(
        replayed.outcome === "caught-up" ? replayed.position : this.#reader.position,
      );
      if (replayed.outcome === "too-old" || !isComplete) {
        const reason = "the events since the cursor are too many or too old";
        connection.socket.emit("resync", { reason, cursor: cursor() });
      }
    }
    this.#updateRoom(connection);
  }

  /** An event of a client costs its tenant as much as a request. */
  async #countEvent({ tenantId }: Connection): Promise<void> {
    const { quotas } = await this.#options.credentials.limitsOf(tenantId);
    await this.#options.limits.countTenant(tenantId, quotas.requestsPerMinute);
  }

  /**
   * A connection that takes everything is served by its tenant's room, where an event is encoded once for all sockets.
   */
  #updateRoom(connection: Connection): void {
    const room = roomOf(connection.tenantId);
    if (connection.takesEverything(this.#reader.position)) void connection.socket.join(room);
    else void connection.socket.leave(room);
  }

  #cursorOf(tenantId: string, position: number): string {
    return eventCursor(this.#options.secrets, tenantId, position);
  }

  #withCursor(event: LoggedEvent): PositionedEvent {
    return { position: event.position, envelope: toEnvelope(this.#options.secrets, event) };
  }

  #fanOut(events: readonly LoggedEvent[]): void {
    for (const event of events) this.#sendToTenant(event.envelope.tenantId, () => this.#withCursor(event));
  }

  /** The update is not in the log: its cursor is that of the latest logged event, and its sequence 0. */
  #sendUpdate(tenantId: string, data: AnalyticsUpdate): void {
    const envelope: EventEnvelope = {
      id: createId("event"),
      type: "analytics.update",
      at: new Date().toISOString(),
      tenantId,
      sequence: 0,
      cursor: this.#cursorOf(tenantId, this.#reader.position),
      data,
    };
    this.#sendToTenant(tenantId, () => ({ position: Infinity, envelope }));
  }

  #sendToTenant(tenantId: string, createEvent: () => PositionedEvent): void {
    const connections = [...this.registry.ofTenant(tenantId)];
    if (connections.length === 0) return;
    const room = roomOf(tenantId);
    const event = createEvent();
    for (const { name, types } of NAMESPACES) {
      if (matchesPatterns(event.envelope.type, types)) emitEvent(this.#namespaces.get(name)!.to(room), event.envelope);
    }
    for (const connection of connections) if (!connection.socket.rooms.has(room)) connection.deliver(event);
  }

  /** Disconnects sockets whose credentials have expired and those that read too slowly. */
  #inspect(): void {
    this.#inspections += 1;
    const now = Date.now();
    for (const connection of [...this.registry.all()]) {
      const hasExpired = (connection.resolved.expiresAt ?? Infinity) <= now;
      const isSlow = (connection.socket.conn as unknown as WriteBuffer).writeBuffer.length > MAX_BUFFERED;
      if (hasExpired || isSlow) connection.socket.disconnect(true);
      else if (this.#inspections % INSPECTIONS_PER_RECHECK === 0) void this.#recheckOne(connection);
    }
  }

  async #recheckOne(connection: Connection): Promise<void> {
    try {
      const resolved = await this.#options.credentials.resolve(connection.credential, connection.ip);
      requireNamespace(connection.rule, resolved.principal);
      connection.resolved = resolved;
      this.#updateRoom(connection);
    } catch (error) {
      // Only a definite refusal disconnects; the auth service may be unavailable for a moment.
      const problem = problemOf(error);
      if (problem !== undefined && problem.code < 500) connection.socket.disconnect(true);
    }
  }
}

function roomOf(tenantId: string): string {
  return `t:${tenantId}`;
}
