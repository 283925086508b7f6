/** Socket.io on the gateway's HTTP server: one of the doors of the fan-out. */
import type { Server as HttpServer } from "node:http";
import type { ServiceBroker } from "moleculer";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import { matchesPatterns, type EventEnvelope } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import { count, gauge } from "../../../metrics/metrics.ts";
import { problemOf, toDocument } from "../problems.ts";
import { listen, toSubscription } from "./client-events.ts";
import type { Connection } from "./connection.ts";
import type { FanOut, Rooms } from "./fan-out.ts";
import { checkHandshake, createSocketServer, resumePosition, wantedOf, type HandshakeTools } from "./handshake.ts";
import { HandshakeLimits, limitPackets } from "./connection-limits.ts";
import { refuseLongPolling } from "./long-polling.ts";
import { NAMESPACES, type NamespaceRule } from "./namespaces.ts";
import { SocketOutlet } from "./outlet.ts";
import { emitEvent, type GatewayNamespace, type GatewayServer, type GatewaySocket } from "./types.ts";

export interface SocketOptions extends HandshakeTools {
  readonly server: HttpServer;
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly corsOrigins: readonly string[];
  readonly fanOut: FanOut;
}

export class Sockets implements Rooms {
  readonly #options: SocketOptions;
  readonly #fanOut: FanOut;
  readonly #io: GatewayServer;
  readonly #namespaces = new Map<string, GatewayNamespace>();
  readonly #handshakes = new HandshakeLimits();

  constructor(options: SocketOptions) {
    const { broker, fanOut } = options;
    this.#options = options;
    this.#fanOut = fanOut;
    fanOut.useRooms(this);
    this.#io = createSocketServer(options.server, options);
    limitPackets(this.#io.engine);
    this.#io.engine.use(refuseLongPolling);
    for (const rule of NAMESPACES) {
      gauge(broker, "ws_connections", { namespace: rule.name }, 0);
      this.#serve(rule);
    }
  }

  /** Closes every socket. The HTTP server stays open: its owner closes it. */
  stop(): void {
    for (const namespace of this.#namespaces.values()) namespace.disconnectSockets(true);
    this.#io.engine.close();
  }

  broadcast(tenantId: string, envelope: EventEnvelope): void {
    for (const { name, types } of NAMESPACES) {
      if (matchesPatterns(envelope.type, types)) emitEvent(this.#namespaces.get(name)!.to(roomOf(tenantId)), envelope);
    }
  }

  place(connection: Connection, isInRoom: boolean): void {
    if (!(connection.outlet instanceof SocketOutlet)) return;
    const { socket } = connection.outlet;
    if (isInRoom) void socket.join(roomOf(connection.tenantId));
    else void socket.leave(roomOf(connection.tenantId));
  }

  has({ outlet, tenantId }: Connection): boolean {
    return outlet instanceof SocketOutlet && outlet.socket.rooms.has(roomOf(tenantId));
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
      void this.#goLive(socket).catch((error: unknown) => {
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
    await this.#fanOut.admit(connection, limit);
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
  async #goLive(socket: GatewaySocket): Promise<void> {
    const { database, secrets, broker } = this.#options;
    const { connection } = socket.data;
    listen(
      {
        broker,
        database,
        cursor: () => this.#fanOut.cursorOf(connection),
        countEvent: () => this.#countEvent(connection),
        onSubscription: (changed) => this.#fanOut.place(changed),
      },
      connection,
      socket,
    );
    await this.#fanOut.goLive(connection, resumePosition(secrets, socket, connection.tenantId));
  }

  /** An event of a client costs its tenant as much as a request. */
  async #countEvent({ tenantId }: Connection): Promise<void> {
    const { quotas } = await this.#options.credentials.limitsOf(tenantId);
    await this.#options.limits.countTenant(tenantId, quotas.requestsPerMinute);
  }
}

function roomOf(tenantId: string): string {
  return `t:${tenantId}`;
}
