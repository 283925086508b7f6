/**
 * One socket in one namespace: who it belongs to, what it wants, and how far it has come. While it is being replayed what it
 * missed, live events wait, so that it sees everything once and in order.
 */
import type { Socket } from "socket.io";
import { matchesPatterns, socketName, type EventEnvelope } from "../../../contracts/events.ts";
import type { ResolvedCredential } from "../../../contracts/credentials.ts";
import type { NamespaceRule } from "./namespaces.ts";

/** An event with its place in the log, and the cursor that stands for it. */
export interface PlacedEvent {
  readonly position: number;
  readonly cursor: string;
  readonly envelope: EventEnvelope;
}

export interface Subscription {
  /** Session ids; null for all. */
  readonly sessions: ReadonlySet<string> | null;
  /** Event patterns; null for all of the namespace. */
  readonly types: readonly string[] | null;
}

export const EVERYTHING: Subscription = { sessions: null, types: null };

/** Events that wait during a replay; a connection that lags further behind starts anew. */
const WAITING = 10_000;

export class Connection {
  readonly socket: Socket;
  readonly rule: NamespaceRule;
  readonly credential: string;
  readonly ip: string;
  resolved: ResolvedCredential;
  wishes: Subscription = EVERYTHING;
  /** Live events wait from the handshake until `release`; undefined afterwards. */
  #waiting: PlacedEvent[] | undefined = [];
  #overflowed = false;
  /** How far its replay has brought it: further, perhaps, than what is live has come by then. */
  #caughtUpTo = 0;

  constructor(
    socket: Socket,
    rule: NamespaceRule,
    caller: { credential: string; ip: string; resolved: ResolvedCredential },
  ) {
    this.socket = socket;
    this.rule = rule;
    this.credential = caller.credential;
    this.ip = caller.ip;
    this.resolved = caller.resolved;
  }

  get tenantId(): string {
    return this.resolved.principal.tenantId;
  }

  /** The user or key that it counts for. */
  get owner(): string {
    return this.resolved.principal.userId ?? this.resolved.principal.apiKeyId ?? "";
  }

  /** True when it takes everything of its tenant and namespace that comes after the live position: then the room serves it. */
  isPlain(livePosition: number): boolean {
    const takesAll = this.wishes === EVERYTHING && this.resolved.principal.sessions === null;
    return takesAll && this.#waiting === undefined && livePosition >= this.#caughtUpTo;
  }

  /** Sends those that waited and came after `position`; from then on events go through. False when too many had to wait. */
  release(position: number): boolean {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    if (this.#overflowed) return false;
    this.#caughtUpTo = position;
    for (const event of waiting) this.offer(event);
    return true;
  }

  /** Takes a live event: sent, or kept while a replay is under way. */
  offer(event: PlacedEvent): void {
    if (this.#waiting === undefined) {
      if (event.position > this.#caughtUpTo) this.send(event);
    } else if (this.#waiting.length < WAITING) this.#waiting.push(event);
    else this.#overflowed = true;
  }

  /** Sends the event if this connection may see it and wants it. */
  send({ envelope, cursor }: PlacedEvent): void {
    if (this.#wants(envelope)) this.socket.emit(socketName(envelope.type), envelope, { cursor });
  }

  #wants({ type, sessionId }: EventEnvelope): boolean {
    const { sessions: allowed } = this.resolved.principal;
    if (allowed !== null && (sessionId === undefined || !allowed.includes(sessionId))) return false;
    if (this.wishes.sessions !== null && (sessionId === undefined || !this.wishes.sessions.has(sessionId)))
      return false;
    return (
      matchesPatterns(type, this.rule.types) && (this.wishes.types === null || matchesPatterns(type, this.wishes.types))
    );
  }
}
