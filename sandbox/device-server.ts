/** Accepts the WebSockets of devices, on the plain port and on the page's port, and drops dead ones. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { waitAtMost } from "../concurrency/deadline.ts";
import { DeviceConnection } from "./connection.ts";
import type { Network } from "./network.ts";
import { FRAME_LIMIT } from "./message-schema.ts";

const DEVICE_PATH = "/device";
const CONNECTION_LIMIT = 20_000;
const CLOSE_DEADLINE_MS = 2000;

export interface Liveness {
  /** How often each connection is pinged; one that has sent nothing since the last ping is dropped. */
  readonly pingMs: number;
  /** A connection that has sent no `hello` by then is dropped. */
  readonly helloMs: number;
}
export const LIVENESS: Liveness = { pingMs: 20_000, helloMs: 10_000 };

export class DeviceServer {
  readonly #network: Network;
  readonly #liveness: Liveness;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT, perMessageDeflate: false });
  readonly #open = new Map<WebSocket, DeviceConnection>();
  readonly #heartbeat: NodeJS.Timeout;
  #closing = false;

  constructor(network: Network, liveness: Liveness) {
    this.#network = network;
    this.#liveness = liveness;
    this.#heartbeat = setInterval(() => this.#checkLiveness(), liveness.pingMs);
  }

  /**
   * Serves devices on this server. `origin` is the only page that may connect: an arbitrary web page that is open in a
   * browser on this machine must not reach the sandbox. Programs send no origin.
   */
  attach(server: Server, origin: string | null): void {
    server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head, origin));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, origin: string | null): void {
    const isAllowed = request.url === DEVICE_PATH && (request.headers.origin ?? null) === origin;
    if (this.#closing || !isAllowed || this.#open.size >= CONNECTION_LIMIT) {
      // Node removes its own error listener before `upgrade`: without one, a reset here would end the process.
      socket.on("error", () => socket.destroy());
      socket.end(`HTTP/1.1 ${isAllowed ? "503 Service Unavailable" : "403 Forbidden"}\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
  }

  #accept(socket: WebSocket): void {
    const connection = new DeviceConnection(this.#network, socket);
    this.#open.set(socket, connection);
    const cancelHelloTimeout = this.#network.clock.after(this.#liveness.helloMs, () => {
      if (connection.awaitsHello) socket.terminate();
    });
    socket.on("message", (data: Buffer, isBinary: boolean) => connection.receive(isBinary ? null : data.toString()));
    socket.on("pong", () => {
      connection.isAlive = true;
    });
    // An invalid frame; ws then closes the socket.
    socket.on("error", () => connection.closed());
    socket.once("close", () => {
      cancelHelloTimeout();
      connection.closed();
      this.#open.delete(socket);
    });
  }

  #checkLiveness(): void {
    for (const [socket, connection] of this.#open) {
      if (!connection.isAlive) connection.cut();
      else {
        connection.isAlive = false;
        socket.ping();
      }
    }
  }

  /** Drops all connections and resolves when they are gone. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#heartbeat);
    const gone = [...this.#open.keys()].map(
      (socket) => new Promise<void>((resolve) => void socket.once("close", () => resolve())),
    );
    for (const connection of this.#open.values()) connection.cut();
    await waitAtMost(Promise.all(gone), CLOSE_DEADLINE_MS);
    this.#sockets.close();
  }
}
