/**
 * Tells the presence service which users have sockets here. A report is sent when something has changed, and as a sign of
 * life every few seconds while there are sockets; what could not be told is told with the next.
 */
import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import type { GatewayReport, ReportAnswer, UserSocket } from "../../../contracts/user-presence.ts";
import { Poller } from "../../../mixins/poller.ts";
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
}

export class UserSockets {
  readonly #broker: ServiceBroker;
  readonly #gateway = randomUUID();
  readonly #entries = new Map<string, Entry>();
  /** Ids that are open and not told yet. */
  readonly #opened = new Set<string>();
  /** Sockets that were told of and are closed. */
  readonly #closed = new Map<string, UserSocket>();
  readonly #ids = new WeakMap<object, string>();
  readonly #poller: Poller;

  constructor(broker: ServiceBroker) {
    this.#broker = broker;
    this.#poller = new Poller({ name: "presence of users", interval: BEAT, gap: GAP, logger: broker.logger, work: () => this.#report() });
  }

  /** Notes a connection; those of API keys are nobody's. */
  add(connection: Connection): void {
    const { userId, tenantId } = connection.resolved.principal;
    if (userId === null) return;
    const id = this.#idOf(connection);
    const known = this.#entries.get(id);
    if (known !== undefined) {
      known.connections.add(connection);
      return;
    }
    this.#entries.set(id, { socket: { id, tenantId, userId, openedAt: Date.now() }, connections: new Set([connection]) });
    this.#opened.add(id);
    this.#poller.wake();
  }

  /** Forgets a connection; more than once does no harm. */
  remove(connection: Connection): void {
    const id = this.#idOf(connection);
    const entry = this.#entries.get(id);
    if (entry === undefined || !entry.connections.delete(connection) || entry.connections.size > 0) return;
    this.#entries.delete(id);
    if (this.#opened.delete(id)) return;
    this.#closed.set(id, entry.socket);
    this.#poller.wake();
  }

  /** Says good-bye; when that does not arrive, the lease runs out. */
  async stop(): Promise<void> {
    await this.#poller.stop();
    const report = { gateway: this.#gateway, nodeId: this.#broker.nodeID, opened: [], closed: [], leaving: true };
    await this.#send(report, LAST_CALL_TIMEOUT).catch((error: unknown) => this.#broker.logger.debug("presence was not told of the stop", { error: String(error) }));
  }

  /** True when there is more to tell. */
  async #report(): Promise<boolean> {
    if (this.#entries.size === 0 && this.#closed.size === 0) return false;
    const opened = [...this.#opened].slice(0, AT_ONCE).map((id) => this.#entries.get(id)!.socket);
    const closed = [...this.#closed.values()].slice(0, AT_ONCE);
    // From here on these count as told: one that closes meanwhile is told as closed with the next report.
    for (const { id } of opened) this.#opened.delete(id);
    try {
      const { known } = await this.#send({ gateway: this.#gateway, nodeId: this.#broker.nodeID, opened, closed, leaving: false }, CALL_TIMEOUT);
      for (const { id } of closed) this.#closed.delete(id);
      if (!known) for (const id of this.#entries.keys()) this.#opened.add(id);
      if (!known) for (const { id } of opened) this.#opened.delete(id);
    } catch (error) {
      for (const { id } of opened) if (this.#entries.has(id)) this.#opened.add(id);
      // A system without the presence service is a choice, and one that restarts comes back.
      if (!(error instanceof Error && error.name === "ServiceNotFoundError")) throw error;
      for (const { id } of opened) this.#closed.delete(id);
      return false;
    }
    return this.#opened.size > 0 || this.#closed.size > 0;
  }

  #send(report: GatewayReport, timeout: number): Promise<ReportAnswer> {
    return this.#broker.call<ReportAnswer, GatewayReport>("presence.report", report, { timeout });
  }
  /** Of what lies below the namespaces, so that a tab counts once; with the user, since each namespace has a handshake of its own. */
  #idOf({ socket, resolved }: Connection): string {
    const below = this.#ids.get(socket.conn) ?? randomUUID();
    this.#ids.set(socket.conn, below);
    return `${below} ${resolved.principal.userId}`;
  }
}
