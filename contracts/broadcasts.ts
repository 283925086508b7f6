/**
 * Every broadcast between the processes of an installation: its name and its payload. A broadcast is a hint and may be
 * lost; what it announces is in the database, and each listener also polls or re-checks at an interval.
 */
import type { AnalyticsUpdate } from "./analytics.ts";
import type { SessionReason, SessionState } from "./states.ts";

/** The event log has grown: readers of the log wake up. */
export const EVENTS_APPENDED = "events.appended";
/** Messages of these sessions became due: the nodes that run the sessions wake their send queues. */
export const QUEUE_READY = "queue.ready";
/** The desired state of a session was recorded: nodes reconcile without waiting for their next poll. */
export const SESSION_DESIRED = "session.desired";
/** A node was drained or undrained: the nodes look at their own row without waiting for their next renewal. */
export const NODES_CHANGED = "nodes.changed";
/** The access of a user, login, API key or tenant changed: caches drop it, and sockets re-check their access. */
export const AUTH_CHANGED = "auth.changed";
/**
 * Counts of a tenant were committed: gateways send `analytics.update` to its sockets. A lost broadcast only delays the
 * figures that a client shows.
 */
export const ANALYTICS_UPDATED = "analytics.updated";

/**
 * States that a session node has observed and cannot write at the moment, repeated every second; an empty list once they
 * are written. Lost ones only mean that the stored states are shown for longer.
 */
export const STATES_UNWRITTEN = "states.unwritten";

/** Whose access changed; without a user, key or login it is everyone's in the tenant. */
export interface AccessChange {
  readonly tenantId: string;
  readonly userId?: string;
  readonly apiKeyId?: string;
  readonly loginId?: string;
}

/** The counts of a tenant since the last update. */
export interface TenantUpdate {
  readonly tenantId: string;
  readonly data: AnalyticsUpdate;
}

/** The states that a node cannot write. */
export interface UnwrittenStates {
  readonly node: string;
  readonly states: readonly {
    readonly sessionId: string;
    readonly epoch: number;
    readonly state: SessionState;
    readonly reason: SessionReason;
    readonly evidence: Readonly<Record<string, string | number | boolean | null>>;
    /** Unix ms. */
    readonly since: number;
  }[];
}

/** The payload of each broadcast; undefined for none. */
export interface Broadcasts {
  readonly [EVENTS_APPENDED]: undefined;
  readonly [QUEUE_READY]: { readonly sessionIds: readonly string[] };
  readonly [SESSION_DESIRED]: undefined;
  readonly [NODES_CHANGED]: undefined;
  readonly [AUTH_CHANGED]: AccessChange;
  readonly [ANALYTICS_UPDATED]: TenantUpdate;
  readonly [STATES_UNWRITTEN]: UnwrittenStates;
}

/** The part of a Moleculer broker that sends broadcasts. */
export interface Broadcaster {
  broadcast(name: string, payload?: unknown): Promise<unknown>;
}

/** Sends a broadcast to every process, this one included. */
export async function broadcast<N extends keyof Broadcasts>(
  broadcaster: Broadcaster,
  name: N,
  ...[payload]: Broadcasts[N] extends undefined ? [] : [payload: Broadcasts[N]]
): Promise<void> {
  await broadcaster.broadcast(name, payload);
}
