/**
 * One fan-out for every door. The event log is the source: each gateway reads it and serves its own clients, so gateways
 * need no adapter between them, and a client that resumes with its cursor has missed nothing.
 */
import type { ServiceBroker } from "moleculer";
import { eventCursor, toEnvelope } from "../../../access/cursor.ts";
import { MergingThrottle } from "../../../concurrency/merging-throttle.ts";
import { mergeUpdates, UPDATE_INTERVAL, type AnalyticsUpdate } from "../../../contracts/analytics.ts";
import type { AccessChange, TenantUpdate } from "../../../contracts/broadcasts.ts";
import { Problem } from "../../../contracts/errors.ts";
import type { EventEnvelope } from "../../../contracts/events.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Database } from "../../../db/database.ts";
import type { LoggedEvent } from "../../../db/statements/events/read-events.ts";
import { createLiveReader, type LiveReader } from "../../../event-log/live-reader.ts";
import { count, gauge } from "../../../metrics/metrics.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import { isConcerned, type Credentials } from "../credentials.ts";
import { problemOf } from "../problems.ts";
import type { Connection, PositionedEvent } from "./connection.ts";
import { requireNamespace } from "./namespaces.ts";
import { Registry } from "./registry.ts";
import { replay } from "./replay.ts";
import { UserSockets } from "./user-sockets.ts";

export interface FanOutOptions {
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly credentials: Credentials;
}

/** Serves the connections that take everything of a tenant together; the others get each event on their own. */
export interface Rooms {
  /** Sends the event to the tenant's room. */
  broadcast(tenantId: string, envelope: EventEnvelope): void;
  /** Puts the connection in its tenant's room, or takes it out. */
  place(connection: Connection, isInRoom: boolean): void;
  has(connection: Connection): boolean;
}

/** ms between two inspections of all clients; every twelfth inspection also checks all credentials again. */
const INSPECTION_INTERVAL = 5_000;
const INSPECTIONS_PER_RECHECK = 12;

export class FanOut {
  readonly registry: Registry;
  readonly #options: FanOutOptions;
  readonly #reader: LiveReader;
  readonly #userSockets: UserSockets;
  /** Each replica of analytics limits its updates; this limits all of them together. */
  readonly #updates: MergingThrottle<AnalyticsUpdate>;
  #rooms: Rooms | undefined;
  #timer: NodeJS.Timeout | undefined;
  #inspections = 0;

  constructor(options: FanOutOptions) {
    const { broker, database } = options;
    this.#options = options;
    this.registry = new Registry((namespace, connections) =>
      gauge(broker, "ws_connections", { namespace }, connections),
    );
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
      onEvents: (events) => this.#sendAll(events),
    });
  }

  /** Sets the rooms of the door that has them. */
  useRooms(rooms: Rooms): void {
    this.#rooms = rooms;
  }

  async start(): Promise<void> {
    await this.#reader.start();
    this.#timer = setInterval(() => this.#inspect(), INSPECTION_INTERVAL);
  }

  /** Reads the log now, because it may have new events. */
  wake(): void {
    this.#reader.wake();
  }

  /** Sends nothing from now on. Then the doors close their connections, and `leave` reports it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#updates.stop();
    await this.#reader.stop();
  }

  /** Reports that this gateway has no clients any more. */
  async leave(): Promise<void> {
    await this.#userSockets.stop();
  }

  /** Sends the new counts of analytics to the tenant's clients, at most once a second. */
  update({ tenantId, data }: TenantUpdate): void {
    this.#updates.offer(tenantId, data);
  }

  /** Checks the credentials of the clients whose access has changed; those that lost it are disconnected. */
  async recheck(change: AccessChange): Promise<void> {
    const concerned = [...this.registry.ofTenant(change.tenantId)].filter((connection) =>
      isConcerned(connection.resolved, change),
    );
    await Promise.all(concerned.map((connection) => this.#recheckOne(connection)));
  }

  /**
   * Registers the connection: from now on events are held back for it, until `goLive`. Throws `quota_exceeded` when its
   * tenant has as many as it may, and `unavailable` when it has closed.
   */
  async admit(connection: Connection, limit: number | null): Promise<void> {
    const release = await this.#reader.subscribe();
    try {
      this.#add(connection, limit, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  #add(connection: Connection, limit: number | null, release: () => void): void {
    // Its close event has already been emitted, so the connection would stay registered forever.
    if (!connection.outlet.isOpen) throw new Problem("unavailable", "the socket closed during its handshake");
    this.registry.add(connection, limit);
    this.#userSockets.add(connection);
    connection.outlet.onClose(() => {
      this.registry.remove(connection);
      this.#userSockets.remove(connection);
      release();
    });
  }

  /** Replays the events after the position, if there is one; live events follow, each once. */
  async goLive(connection: Connection, after: number | undefined): Promise<void> {
    const { database, broker } = this.#options;
    if (after === undefined) connection.goLive(0);
    else {
      const replayed = await replay({ database, withCursor: (event) => this.#withCursor(event) }, connection, after);
      count(broker, "ws_replay_events_total", {}, replayed.seen);
      const isComplete = connection.goLive(
        replayed.outcome === "caught-up" ? replayed.position : this.#reader.position,
      );
      if (replayed.outcome === "too-old" || !isComplete) {
        const reason = "the events since the cursor are too many or too old";
        connection.outlet.resync({ reason, cursor: this.cursorOf(connection) });
      }
    }
    this.place(connection);
  }

  /**
   * A connection that takes everything is served by its tenant's room, where an event is encoded once for all sockets.
   */
  place(connection: Connection): void {
    this.#rooms?.place(connection, connection.takesEverything(this.#reader.position));
  }

  /** The cursor of the latest event that was sent. */
  cursorOf({ tenantId }: Connection): string {
    return eventCursor(this.#options.secrets, tenantId, this.#reader.position);
  }

  #withCursor(event: LoggedEvent): PositionedEvent {
    return { position: event.position, envelope: toEnvelope(this.#options.secrets, event) };
  }

  #sendAll(events: readonly LoggedEvent[]): void {
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
      cursor: eventCursor(this.#options.secrets, tenantId, this.#reader.position),
      data,
    };
    this.#sendToTenant(tenantId, () => ({ position: Infinity, envelope }));
  }

  #sendToTenant(tenantId: string, createEvent: () => PositionedEvent): void {
    const connections = [...this.registry.ofTenant(tenantId)];
    if (connections.length === 0) return;
    const event = createEvent();
    this.#rooms?.broadcast(tenantId, event.envelope);
    for (const connection of connections) if (this.#rooms?.has(connection) !== true) connection.deliver(event);
  }

  /** Disconnects clients whose credentials have expired and those that read too slowly. */
  #inspect(): void {
    this.#inspections += 1;
    const now = Date.now();
    for (const connection of [...this.registry.all()]) {
      if ((connection.resolved.expiresAt ?? Infinity) <= now) connection.outlet.close("credentials");
      else if (connection.outlet.isSlow) connection.outlet.close("slow");
      else if (this.#inspections % INSPECTIONS_PER_RECHECK === 0) void this.#recheckOne(connection);
    }
  }

  async #recheckOne(connection: Connection): Promise<void> {
    try {
      const resolved = await this.#options.credentials.resolve(connection.credential, connection.ip);
      requireNamespace(connection.rule, resolved.principal);
      connection.resolved = resolved;
      this.place(connection);
    } catch (error) {
      // Only a definite refusal disconnects; the auth service may be unavailable for a moment.
      const problem = problemOf(error);
      if (problem !== undefined && problem.code < 500) connection.outlet.close("credentials");
    }
  }
}
