/**
 * Reports to the presence service which users have sockets here: after each change, and as a heartbeat every few
 * seconds while there are sockets. Changes whose report failed are part of the next one.
 */
import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import type { GatewayReport, ReportAnswer, UserSocket } from "../../../contracts/user-presence.ts";
import { Poller } from "../../../concurrency/poller.ts";
import type { Connection } from "./connection.ts";

/** ms between two heartbeats; the presence service declares the gateway dead after three missed ones. */
const HEARTBEAT = 3_000;
/** ms between two reports, so that changes close together share one. */
const GAP = 100;
/** ms. */
const CALL_TIMEOUT = 5_000;
/** ms for the report at the stop. */
const LAST_CALL_TIMEOUT = 2_000;
/** Sockets in one report. */
const BATCH = 200;

interface Entry {
  readonly socket: UserSocket;
  /** One for each namespace. */
  readonly connections: Set<Connection>;
  /** In a report that has arrived or is under way. */
  isReported: boolean;
  /** In a report that may have arrived: its end must be reported too. */
  mayBeKnown: boolean;
}

export class UserSockets {
  readonly #broker: ServiceBroker;
  readonly #gateway = randomUUID();
  readonly #keys = new WeakMap<object, string>();
  readonly #entries = new Map<string, Entry>();
  /** Sockets that were reported as open and are closed. */
  readonly #closed = new Set<UserSocket>();
  readonly #poller: Poller;

  constructor(broker: ServiceBroker) {
    this.#broker = broker;
    this.#poller = new Poller({
      name: "presence of users",
      interval: HEARTBEAT,
      gap: GAP,
      logger: broker.logger,
      work: () => this.#report(),
    });
  }

  /** Adds a connection; connections of API keys have no user and are ignored. */
  add(connection: Connection): void {
    const { userId, tenantId } = connection.resolved.principal;
    if (userId === null) return;
    const key = this.#keyOf(connection);
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.connections.add(connection);
      return;
    }
    const socket = { id: randomUUID(), tenantId, userId, openedAt: Date.now() };
    this.#entries.set(key, { socket, connections: new Set([connection]), isReported: false, mayBeKnown: false });
    this.#poller.wake();
  }

  /** Removes a connection. Idempotent. */
  remove(connection: Connection): void {
    const key = this.#keyOf(connection);
    const entry = this.#entries.get(key);
    if (entry === undefined || !entry.connections.delete(connection) || entry.connections.size > 0) return;
    this.#entries.delete(key);
    if (!entry.mayBeKnown) return;
    this.#closed.add(entry.socket);
    this.#poller.wake();
  }

  /** Reports that the gateway stops. If the report is lost, the gateway's lease expires instead. */
  async stop(): Promise<void> {
    await this.#poller.stop();
    if (this.#entries.size === 0 && this.#closed.size === 0) return;
    await this.#send({ opened: [], closed: [], leaving: true }, LAST_CALL_TIMEOUT).catch((error: unknown) =>
      this.#broker.logger.debug("the stop was not reported to the presence service", { error: String(error) }),
    );
  }

  /** True when there is more to report. */
  async #report(): Promise<boolean> {
    const entries = [...this.#entries.values()];
    const opened = entries.filter(({ isReported }) => !isReported).slice(0, BATCH);
    const closed = [...this.#closed].slice(0, BATCH);
    if (entries.length === 0 && closed.length === 0) return false;
    // Set before the call: a socket that closes during it is reported as closed with the next report.
    for (const entry of opened) entry.isReported = entry.mayBeKnown = true;
    try {
      const { known } = await this.#send(
        { opened: opened.map(({ socket }) => socket), closed, leaving: false },
        CALL_TIMEOUT,
      );
      for (const socket of closed) this.#closed.delete(socket);
      if (!known) for (const entry of entries) entry.isReported = opened.includes(entry);
      return !known || opened.length === BATCH || closed.length === BATCH;
    } catch (error) {
      for (const entry of opened) entry.isReported = false;
      // There may be no presence service: it is not deployed, or it is restarting.
      if (!(error instanceof Error && error.name === "ServiceNotFoundError")) throw error;
      for (const entry of opened) {
        entry.mayBeKnown = false;
        this.#closed.delete(entry.socket);
      }
      return false;
    }
  }

  #send(changes: Pick<GatewayReport, "opened" | "closed" | "leaving">, timeout: number): Promise<ReportAnswer> {
    const report = { gateway: this.#gateway, nodeId: this.#broker.nodeID, ...changes };
    return this.#broker.call<ReportAnswer, GatewayReport>("presence.report", report, { timeout });
  }

  /**
   * The transport below the namespaces, so that a tab counts once, and the user: each namespace has its own handshake.
   */
  #keyOf({ outlet, resolved }: Connection): string {
    const transport = this.#keys.get(outlet.transport) ?? randomUUID();
    this.#keys.set(outlet.transport, transport);
    return `${transport} ${resolved.principal.userId}`;
  }
}
