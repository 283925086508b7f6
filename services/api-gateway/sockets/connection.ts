/**
 * One client of one door (a socket in a namespace, or a stream), with its caller, its subscription and its position in the log. While missed events are
 * replayed to it, live events are held back, so that it gets every event once and in order.
 */
import { mayReadAll, mayReadEvent } from "../../../access/event-scope.ts";
import { matchesPatterns, type EventEnvelope } from "../../../contracts/events.ts";
import type { ResolvedCredential } from "../../../contracts/credentials.ts";
import type { NamespaceRule } from "./namespaces.ts";
import type { Outlet } from "./outlet.ts";

/** An event with its position in the log. */
export interface PositionedEvent {
  /** Infinity for an event that is not in the log: it is later than all that are. */
  readonly position: number;
  readonly envelope: EventEnvelope;
}

export interface Subscription {
  /** Session ids; null for all. */
  readonly sessions: ReadonlySet<string> | null;
  /** Event patterns; null for all of the namespace. */
  readonly types: readonly string[] | null;
}

export const EVERYTHING: Subscription = { sessions: null, types: null };

/** Most live events held back during a replay; a connection that falls further behind has to resynchronize. */
const MAX_HELD_BACK = 10_000;

export class Connection {
  readonly outlet: Outlet;
  readonly rule: NamespaceRule;
  readonly credential: string;
  readonly ip: string;
  resolved: ResolvedCredential;
  subscription: Subscription;
  /** Live events since the handshake; undefined once the connection is live. */
  #heldBack: PositionedEvent[] | undefined = [];
  #overflowed = false;
  /** The last position that was replayed; it may be ahead of the live reader's. */
  #replayedUpTo = 0;

  constructor(
    outlet: Outlet,
    rule: NamespaceRule,
    caller: { credential: string; ip: string; resolved: ResolvedCredential },
    subscription: Subscription = EVERYTHING,
  ) {
    this.outlet = outlet;
    this.subscription = subscription;
    this.rule = rule;
    this.credential = caller.credential;
    this.ip = caller.ip;
    this.resolved = caller.resolved;
  }

  get tenantId(): string {
    return this.resolved.principal.tenantId;
  }

  /**
   * True when it gets every event of its tenant and namespace after the live position. It can then be served by the
   * tenant's room.
   */
  takesEverything(livePosition: number): boolean {
    const isUnfiltered = this.subscription === EVERYTHING && mayReadAll(this.resolved.principal, this.rule.types);
    return isUnfiltered && this.#heldBack === undefined && livePosition >= this.#replayedUpTo;
  }

  /** Sends the events held back after `position` and goes live. Returns false when there were too many to hold back. */
  goLive(position: number): boolean {
    const heldBack = this.#heldBack ?? [];
    this.#heldBack = undefined;
    if (this.#overflowed) return false;
    this.#replayedUpTo = position;
    for (const event of heldBack) this.deliver(event);
    return true;
  }

  /** Sends a live event, or holds it back during a replay. */
  deliver(event: PositionedEvent): void {
    if (this.#heldBack === undefined) {
      if (event.position > this.#replayedUpTo) this.send(event);
    } else if (this.#heldBack.length < MAX_HELD_BACK) this.#heldBack.push(event);
    else this.#overflowed = true;
  }

  /** Sends the event if the connection may see it and subscribes to it. */
  send({ envelope }: PositionedEvent): void {
    if (this.#accepts(envelope)) this.outlet.send(envelope);
  }

  #accepts(envelope: EventEnvelope): boolean {
    const { type, sessionId } = envelope;
    const { sessions, types } = this.subscription;
    if (!mayReadEvent(this.resolved.principal, envelope)) return false;
    if (sessions !== null && (sessionId === undefined || !sessions.has(sessionId))) return false;
    return matchesPatterns(type, this.rule.types) && (types === null || matchesPatterns(type, types));
  }
}
