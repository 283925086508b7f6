/** What one connection may do before and beside its namespaces: packets, and handshakes that are refused. */
import { Problem } from "../../../contracts/errors.ts";
import { NAMESPACES } from "./namespaces.ts";
import type { GatewayServer, GatewaySocket } from "./types.ts";

/** Packets per second, those that join namespaces and heartbeats included. */
const PACKETS_PER_SECOND = 200;
/** Refused handshakes of a connection, after which it is closed. */
const MAX_REFUSALS = 3;

/** Closes connections that send more packets than any client needs to, whatever is in them. */
export function limitPackets(engine: GatewayServer["engine"]): void {
  engine.on("connection", (connection: GatewaySocket["conn"]) => {
    let [second, packets] = [0, 0];
    connection.on("packet", () => {
      const now = Math.floor(Date.now() / 1_000);
      if (now !== second) [second, packets] = [now, 0];
      packets += 1;
      if (packets > PACKETS_PER_SECOND) connection.close(true);
    });
  });
}

interface Handshakes {
  running: number;
  refused: number;
}

/** The handshakes of each connection: a client has one for each namespace. */
export class HandshakeLimits {
  readonly #byConnection = new WeakMap<object, Handshakes>();

  /** Runs a handshake. Throws `rate_limited` while as many of the connection run as there are namespaces. */
  async run<T>(connection: object, handshake: () => Promise<T>): Promise<T> {
    const known = this.#of(connection);
    if (known.running >= NAMESPACES.length)
      throw new Problem("rate_limited", `${NAMESPACES.length} handshakes at a time are allowed`, { retryAfter: 1 });
    known.running += 1;
    try {
      return await handshake();
    } finally {
      known.running -= 1;
    }
  }

  /** Counts a refused handshake; after the last one that is allowed, its answer is sent and the connection closed. */
  countRefusal(connection: { close(): void }): void {
    const known = this.#of(connection);
    known.refused += 1;
    // Socket.io sends the answer in the next tick.
    if (known.refused >= MAX_REFUSALS) setImmediate(() => connection.close());
  }

  #of(connection: object): Handshakes {
    const known = this.#byConnection.get(connection) ?? { running: 0, refused: 0 };
    this.#byConnection.set(connection, known);
    return known;
  }
}
