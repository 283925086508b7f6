/**
 * Who is in the cluster: nodes join, leave and are found dead, and the sessions of a dead node become free. Any process
 * may do this; the database decides. Everything that changes is an event for the platform's administrators.
 */
import { systemNow } from "../concurrency/clock.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Id } from "../contracts/ids.ts";
import type { Database, Sql } from "../db/database.ts";
import { findPlatformTenants } from "../db/statements/analytics/system-gauges.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import {
  countOwned,
  endOwnNode,
  endSilentNode,
  reapNodes,
  registerNode,
  selectSilentNodes,
  setDraining,
  takeUnreleased,
  type EndedNode,
  type NodeEnd,
  type NodeRegistration,
} from "../db/statements/sessions/nodes.ts";
import { stopNonAutoStarting } from "../db/statements/sessions/placements.ts";
import {
  countWaiting,
  lockUnrecordedEnds,
  lockWaitingSessions,
  releaseSessionsOf,
  saveUnownedState,
} from "../db/statements/sessions/unowned.ts";

/** ms that a session may wait for its next node before its state becomes `reconnecting`: a takeover usually takes less. */
const GRACE = 2_000;
/** Sessions whose state is changed in one transaction. */
const BATCH = 500;

/** A node that has left the cluster. */
export interface LeftNode {
  readonly node: string;
  readonly reason: NodeEnd;
  /** The sessions that it still owned. */
  readonly sessions: number;
}

type NodeEvent = "node.joined" | "node.left" | "node.draining";

/** The same event for every tenant that administers the platform. */
async function forPlatform<T extends NodeEvent>(
  sql: Sql,
  type: T,
  data: Extract<EventDraft, { type: T }>["data"],
): Promise<EventDraft[]> {
  const tenants = await findPlatformTenants(sql);
  return tenants.map((tenantId) => ({ type, tenantId: tenantId as Id<"tenant">, sessionId: null, data }) as EventDraft);
}

/** Frees the sessions of nodes that were marked as dead in this transaction, and reports them. */
async function leave(sql: Sql, ended: readonly EndedNode[]): Promise<{ left: LeftNode[]; drafts: EventDraft[] }> {
  if (ended.length === 0) return { left: [], drafts: [] };
  const counts = await releaseSessionsOf(
    sql,
    ended.map(({ incarnation }) => incarnation),
  );
  const left = ended.map(({ incarnation, node_id: node, dead_reason: reason }) => ({
    node,
    reason,
    sessions: counts.get(incarnation) ?? 0,
  }));
  const drafts: EventDraft[] = [];
  for (const node of left) drafts.push(...(await forPlatform(sql, "node.left", node)));
  return { left, drafts };
}

/**
 * Registers this process's node. Nodes that used its data directory have ended; their sessions that must not start
 * automatically are stopped, the others are free.
 */
export function join(database: Database, node: NodeRegistration): Promise<LeftNode[]> {
  return database.transaction(async (sql) => {
    const ended = await registerNode(sql, node);
    await stopNonAutoStarting(sql);
    const { left, drafts } = await leave(sql, [...ended, ...(await takeUnreleased(sql))]);
    const { nodeId, version, zone, group, capacity } = node;
    const joined = await forPlatform(sql, "node.joined", { node: nodeId, version, zone, group, capacity });
    await appendEvents(sql, [...drafts, ...joined], systemNow());
    return left;
  });
}

/** Ends the lease of this process. */
export function leaveCluster(database: Database, incarnation: string): Promise<LeftNode[]> {
  return endIn(database, (sql) => endOwnNode(sql, incarnation));
}

/** Ends the nodes whose lease has expired, and frees their sessions. Returns those nodes. */
export function endExpired(database: Database): Promise<LeftNode[]> {
  return endIn(database, reapNodes);
}

/**
 * Ends nodes whose process is known to have died, long before their lease expires: they missed a renewal, and
 * `hasEnded` says so of the directory that they had locked.
 */
export async function endDead(
  database: Database,
  silence: number,
  hasEnded: (hostId: string) => boolean,
): Promise<LeftNode[]> {
  const left: LeftNode[] = [];
  for (const node of await selectSilentNodes(database, silence)) {
    if (!hasEnded(node.host_id)) continue;
    left.push(...(await endIn(database, (sql) => endSilentNode(sql, node.incarnation, node.renewed_at))));
  }
  return left;
}

async function endIn(database: Database, end: (sql: Sql) => Promise<EndedNode[]>): Promise<LeftNode[]> {
  return database.transaction(async (sql) => {
    const { left, drafts } = await leave(sql, await end(sql));
    await appendEvents(sql, drafts, systemNow());
    return left;
  });
}

/** Lets a node give its sessions away, or claim again; false when it already does, or is gone. */
export function drainNode(database: Database, node: string, draining: boolean): Promise<boolean> {
  return database.transaction(async (sql) => {
    if (!(await setDraining(sql, node, draining))) return false;
    const sessions = await countOwned(sql, node);
    await appendEvents(sql, await forPlatform(sql, "node.draining", { node, draining, sessions }), systemNow());
    return true;
  });
}

/** Reports the sessions that a draining node still has. */
export function reportDraining(database: Database, node: string, sessions: number): Promise<void> {
  return database.transaction(async (sql) => {
    const drafts = await forPlatform(sql, "node.draining", { node, draining: true, sessions });
    await appendEvents(sql, drafts, systemNow());
  });
}

/**
 * Makes the state of sessions tell the truth while no node owns them: what should run waits for a node, and what was
 * stopped has stopped. True when more are left.
 */
export async function recordUnowned(database: Database): Promise<boolean> {
  const waiting = await recordWaiting(database);
  const stopped = await recordEnds(database);
  return waiting || stopped;
}

function recordWaiting(database: Database): Promise<boolean> {
  return database.transaction(async (sql) => {
    const sessions = await lockWaitingSessions(sql, GRACE, BATCH);
    if (sessions.length === 0) return false;
    const { nodes } = await countWaiting(sql);
    const now = systemNow();
    const drafts: EventDraft[] = [];
    for (const { session_id: sessionId, tenant_id: tenantId, last_node, zone, node_group } of sessions) {
      const evidence = {
        liveNodes: nodes,
        ...(last_node === null ? {} : { lastNode: last_node }),
        ...(zone === null ? {} : { zone }),
        ...(node_group === null ? {} : { nodeGroup: node_group }),
      };
      const change = { state: "reconnecting", reason: "no_node" } as const;
      await saveUnownedState(sql, sessionId, { ...change, evidence: JSON.stringify(evidence), now });
      drafts.push({ type: "session.disconnected", tenantId, sessionId, data: { ...change, evidence } });
    }
    await appendEvents(sql, drafts, now);
    return sessions.length === BATCH;
  });
}

function recordEnds(database: Database): Promise<boolean> {
  return database.transaction(async (sql) => {
    const sessions = await lockUnrecordedEnds(sql, BATCH);
    const now = systemNow();
    const change = { state: "stopped", reason: "requested" } as const;
    const drafts: EventDraft[] = [];
    for (const { session_id: sessionId, tenant_id: tenantId } of sessions) {
      await saveUnownedState(sql, sessionId, { ...change, evidence: "{}", now });
      drafts.push({ type: "session.disconnected", tenantId, sessionId, data: { ...change, evidence: {} } });
    }
    await appendEvents(sql, drafts, now);
    return sessions.length === BATCH;
  });
}
