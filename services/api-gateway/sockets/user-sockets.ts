/**
 * Tells the presence service which users have sockets here. A report is sent when something has changed, and as a sign of
 * life every few seconds while there are sockets; what could not be told is told with the next.
 */
import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import type { GatewayReport, ReportAnswer, UserSocket } from "../../../contracts/user-presence.ts";
import { Poller } from "../../../concurrency/poller.ts";
import type { Connection } from "./connection.ts";

/** ms between two signs of life; the presence service waits for three of them. */
const BEAT = 3_000;
/** ms that changes wait for others. */
const GAP = 100;
const CALL_TIMEOUT = 5_000;
const LAST_CALL_TIMEOUT = 2_000;
/** Sockets in one report. */
const AT_ONCE = 200;

interface Entry {
  readonly socket: UserSocket;
  /** One for each namespace. */
  readonly connections: Set<Connection>;
  /** In a report that has arrived or is on its way. */
  told: boolean;
  /** In a report that may have arrived: then its end has to be told as well. */
  tried: boolean;
}

export class UserSockets {
  readonly #broker: ServiceBroker;
  readonly #gateway = randomUUID();
  readonly #keys = new WeakMap<object, string>();
  readonly #entries = new Map<string, Entry>();
  /** Sockets that were told of and are closed. */
  readonly #closed = new Set<UserSocket>();
  readonly #poller: Poller;

  constructor(broker: ServiceBroker) {
    this.#broker = broker;
    this.#poller = new Poller({
      name: "presence of users",
      interval: BEAT,
      gap: GAP,
      logger: broker.logger,
      work: () => this.#report(),
    });
  }

  /** Notes a connection; those of API keys are nobody's. */
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
    this.#entries.set(key, { socket, connections: new Set([connection]), told: false, tried: false });
    this.#poller.wake();
  }

  /** Forgets a connection; more than once does no harm. */
  remove(connection: Connection): void {
    const key = this.#keyOf(connection);
    const entry = this.#entries.get(key);
    if (entry === undefined || !entry.connections.delete(connection) || entry.connections.size > 0) return;
    this.#entries.delete(key);
    if (!entry.tried) return;
    this.#closed.add(entry.socket);
    this.#poller.wake();
  }

  /** Says good-bye; when that does not arrive, the lease runs out. */
  async stop(): Promise<void> {
    await this.#poller.stop();
    if (this.#entries.size === 0 && this.#closed.size === 0) return;
    await this.#send({ opened: [], closed: [], leaving: true }, LAST_CALL_TIMEOUT).catch((error: unknown) =>
      this.#broker.logger.debug("presence was not told of the stop", { error: String(error) }),
    );
  }

  /** True when there is more to tell. */
  async #report(): Promise<boolean> {
    const entries = [...this.#entries.values()];
    const opened = entries.filter(({ told }) => !told).slice(0, AT_ONCE);
    const closed = [...this.#closed].slice(0, AT_ONCE);
    if (entries.length === 0 && closed.length === 0) return false;
    // From here on these count as told: one that closes meanwhile is told as closed with the next report.
    for (const entry of opened) entry.told = entry.tried = true;
    try {
      const { known } = await this.#send(
        { opened: opened.map(({ socket }) => socket), closed, leaving: false },
        CALL_TIMEOUT,
      );
      for (const socket of closed) this.#closed.delete(socket);
      if (!known) for (const entry of entries) entry.told = opened.includes(entry);
      return !known || opened.length === AT_ONCE || closed.length === AT_ONCE;
    } catch (error) {
      for (const entry of opened) entry.told = false;
      // A system without the presence service is a choice, and one that restarts comes back.
      if (!(error instanceof Error && error.name === "ServiceNotFoundError")) throw error;
      for (const entry of opened) {
        entry.tried = false;
        this.#closed.delete(entry.socket);
      }
      return false;
    }
  }

  #send(changes: Pick<GatewayReport, "opened" | "closed" | "leaving">, timeout: number): Promise<ReportAnswer> {
    const report = { gateway: this.#gateway, nodeId: this.#broker.nodeID, ...changes };
    return this.#broker.call<ReportAnswer, GatewayReport>("presence.report", report, { timeout });
  }

  /** Of what lies below the namespaces, so that a tab counts once; with the user, since each namespace has a handshake of its own. */
  #keyOf({ socket, resolved }: Connection): string {
    const below = this.#keys.get(socket.conn) ?? randomUUID();
    this.#keys.set(socket.conn, below);
    return `${below} ${resolved.principal.userId}`;
  }
}
