/**
 * wppconnect-server's Socket.io on the door: its events, under its names. There everyone gets everything; here a client
 * gives its token, as `Authorization`, `auth.token` or `?token=`, and gets what that token may see.
 */
import type { Server as HttpServer } from "node:http";
import type { ServiceBroker } from "moleculer";
import { Server, type Socket } from "socket.io";
import { mayReadEvent } from "../../../access/event-scope.ts";
import { toEnvelope } from "../../../access/cursor.ts";
import { toWppconnect, WPPCONNECT_EVENTS } from "../../../compat/wppconnect/events.ts";
import type { AccessChange } from "../../../contracts/broadcasts.ts";
import type { ResolvedCredential } from "../../../contracts/credentials.ts";
import { isProblem, Problem } from "../../../contracts/errors.ts";
import type { Database } from "../../../db/database.ts";
import type { LoggedEvent } from "../../../db/statements/events/read-events.ts";
import { findSessionName } from "../../../db/statements/sessions/find-name.ts";
import { createLiveReader, type LiveReader } from "../../../event-log/live-reader.ts";
import type { Secrets } from "../../../mixins/secrets.ts";
import { isConcerned } from "../credentials.ts";
import type { Steps } from "../steps.ts";

export interface DoorSocketOptions {
  readonly server: HttpServer;
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly steps: Steps;
}

const SENT = new Set<string>(WPPCONNECT_EVENTS);
/** Clients of one process, of all tenants. */
const MOST_SOCKETS = 5_000;
const LARGEST_PACKET = 1_000;
/** ms: a socket that is open for so long connects again. Node's timers do not go further. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** Packets that wait for a slow client before it is disconnected. */
const MOST_WAITING = 1_000;

interface Client {
  readonly socket: Socket;
  readonly resolved: ResolvedCredential;
}

/** What a client gives: a header, `auth`, or the query, because there was no place for a token there. */
function credentialOf({ handshake, request }: Socket): string | undefined {
  const given = [handshake.auth["token"], request.headers.authorization, handshake.query["token"]];
  const found = given.find((value) => typeof value === "string" && value !== "") as string | undefined;
  // `session:token`, as the path of a request may have it.
  return found?.replace(/^bearer\s+/i, "").replace(/^[^:]*:/, "");
}

export class DoorSockets {
  readonly #options: DoorSocketOptions;
  readonly #io: Server;
  readonly #clients = new Map<string, Client>();
  readonly #reader: LiveReader;
  /** Events are converted one after the other, so that they leave in their order. */
  #converted: Promise<void> = Promise.resolve();

  constructor(options: DoorSocketOptions) {
    const { server, broker, database } = options;
    this.#options = options;
    this.#io = new Server(server, { serveClient: false, maxHttpBufferSize: LARGEST_PACKET, cors: { origin: false } });
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (error: unknown) => next(isProblem(error) ? new Error(error.message) : new Error("unavailable")),
      );
    });
    this.#reader = createLiveReader({
      database,
      logger: broker.logger,
      name: "wppconnect-server sockets",
      onEvents: (events) => this.#fanOut(events),
    });
  }

  start(): Promise<void> {
    return this.#reader.start();
  }

  wake(): void {
    this.#reader.wake();
  }

  async stop(): Promise<void> {
    await this.#reader.stop();
    this.#io.disconnectSockets(true);
    this.#io.engine.close();
  }

  /** Disconnects the clients whose token was revoked or changed; they come back with what is valid now. */
  recheck(change: AccessChange): void {
    for (const { socket, resolved } of this.#clients.values())
      if (isConcerned(resolved, change)) socket.disconnect(true);
  }

  async #admit(socket: Socket): Promise<void> {
    const { steps } = this.#options;
    const ip = steps.addressOf(socket.request);
    await steps.limits.countSocket(ip);
    const credential = credentialOf(socket);
    if (credential === undefined) throw new Problem("unauthenticated", "a token is needed: auth: { token }");
    if (this.#clients.size >= MOST_SOCKETS) throw new Problem("quota_exceeded", "too many sockets are open");
    const resolved = await steps.credentials.resolve(credential, ip).catch(async (error: unknown) => {
      await steps.limits.countRefusal(ip);
      throw error;
    });
    await this.#requireRoom(resolved);
    if (!resolved.principal.permissions.includes("event:read"))
      throw new Problem("forbidden", "these credentials lack event:read");
    const release = await this.#reader.subscribe();
    this.#clients.set(socket.id, { socket, resolved });
    const { expiresAt } = resolved;
    const left = expiresAt === null ? LONGEST_TIMER : Math.min(expiresAt - Date.now(), LONGEST_TIMER);
    const expiry = setTimeout(() => socket.disconnect(true), left);
    socket.conn.once("close", () => {
      clearTimeout(expiry);
      this.#clients.delete(socket.id);
      release();
    });
  }

  /** Throws `quota_exceeded` when the tenant has as many sockets here as its plan allows. */
  async #requireRoom({ principal }: ResolvedCredential): Promise<void> {
    const { quotas } = await this.#options.steps.credentials.limitsOf(principal.tenantId);
    const ofTenant = [...this.#clients.values()].filter(
      ({ resolved }) => resolved.principal.tenantId === principal.tenantId,
    );
    if (quotas.sockets !== null && ofTenant.length >= quotas.sockets)
      throw new Problem("quota_exceeded", `the plan allows ${quotas.sockets} sockets at a time`);
  }

  #fanOut(events: readonly LoggedEvent[]): void {
    for (const event of events.filter(({ envelope }) => SENT.has(envelope.type)))
      this.#converted = this.#converted
        .then(() => this.#send(event))
        .catch((error: unknown) =>
          this.#options.broker.logger.error("an event could not be sent to wppconnect-server's clients", {
            error: String(error),
          }),
        );
  }

  async #send(event: LoggedEvent): Promise<void> {
    const { database, secrets } = this.#options;
    const { tenantId, sessionId } = event.envelope;
    const clients = [...this.#clients.values()].filter(
      ({ resolved }) => resolved.principal.tenantId === tenantId && mayReadEvent(resolved.principal, event.envelope),
    );
    if (clients.length === 0 || sessionId === undefined) return;
    const session = await findSessionName(database, tenantId, sessionId);
    const body = session === null ? null : await toWppconnect(toEnvelope(secrets, event), session);
    if (body === null) return;
    for (const { socket } of clients) this.#emit(socket, body);
  }

  #emit(socket: Socket, body: Readonly<Record<string, unknown>>): void {
    const waiting = (socket.conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;
    if (waiting > MOST_WAITING) {
      socket.disconnect(true);
      return;
    }
    const { event, session, ...data } = body;
    const name = String(event);
    if (name === "qrcode") socket.emit("qrCode", { data: `data:image/png;base64,${String(data["qrcode"])}`, session });
    else if (name === "phoneCode") socket.emit("phoneCode", { data: data["phoneCode"], session });
    else if (name === "onmessage") socket.emit("received-message", { response: { ...data, session } });
    else if (name === "status-find") {
      if (data["status"] === "inChat") socket.emit("session-logged", { status: true, session });
      else socket.emit("session-error", session);
      socket.emit("whatsapp-status", data["status"] === "inChat");
    } else socket.emit(name, { ...data, session });
  }
}
