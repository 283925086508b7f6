import { databaseNow, type Sql } from "../../database.ts";

/** What a node is and has; it does not change while its process lives. */
export interface NodeFacts {
  readonly nodeId: string;
  /** Version of the system that it runs. */
  readonly version: string;
  readonly zone: string | null;
  /** The group of nodes that it belongs to. */
  readonly group: string | null;
  /** Memory for sessions, in MB. */
  readonly capacity: number;
  /** Maximum number of sessions. */
  readonly maxSessions: number;
}

export interface NodeRegistration extends NodeFacts {
  /** Unique for each start of the process. */
  readonly incarnation: string;
  /** Identifies the data directory, which only one process at a time can lock. */
  readonly hostId: string;
  /** Length of the lease in ms, measured by the database's clock. */
  readonly ttl: number;
}

/** What the sessions of a node amount to. */
export interface NodeLoad {
  /** Weight of its sessions, in MB. */
  readonly load: number;
  readonly sessions: number;
  /** How many of them are starting. */
  readonly starting: number;
}

/**
 * `up`: claims sessions. `draining`: an operator requested that it gives its sessions away; `stopping`: its process ends.
 * `dead`: final, it never owns a session again.
 */
export type NodeState = "up" | "draining" | "stopping" | "dead";

/** Why a node is dead. */
export type NodeEnd = "expired" | "host-lock" | "stopped";

/** A node that has just been marked as dead. */
export interface EndedNode {
  readonly incarnation: string;
  readonly node_id: string;
  readonly dead_reason: NodeEnd;
}

/**
 * Registers this process. It has locked the data directory, so any process that used it before has ended; the nodes of
 * those are returned.
 */
export async function registerNode(sql: Sql, node: NodeRegistration): Promise<EndedNode[]> {
  const now = databaseNow(sql.dialect);
  const ended = await endNodes(sql, "host-lock", "host_id = $2", [node.hostId]);
  await sql.run(
    `INSERT INTO nodes (incarnation, node_id, host_id, status, lease_until, started_at, version, zone, node_group,
       capacity, max_sessions, renewed_at)
     VALUES ($1, $2, $3, 'up', ${now} + $4, ${now}, $5, $6, $7, $8, $9, ${now})`,
    [
      node.incarnation,
      node.nodeId,
      node.hostId,
      node.ttl,
      node.version,
      node.zone,
      node.group,
      node.capacity,
      node.maxSessions,
    ],
  );
  return ended;
}

/**
 * Extends the lease and returns the node's state; null when the lease has been lost for good: the process must stop its
 * sessions immediately. On PostgreSQL an expired lease is lost, because another node may be taking over; on SQLite it is
 * lost once the node is marked dead.
 */
export async function renewLease(
  sql: Sql,
  incarnation: string,
  ttl: number,
  { load, sessions, starting }: NodeLoad,
): Promise<NodeState | null> {
  const now = databaseNow(sql.dialect);
  const notExpired = sql.dialect === "postgres" ? `AND lease_until > ${now}` : "";
  const rows = await sql.all<{ status: NodeState }>(
    `UPDATE nodes SET lease_until = ${now} + $2, renewed_at = ${now}, load = $3, sessions = $4, starting = $5
     WHERE incarnation = $1 AND status <> 'dead' ${notExpired} RETURNING status`,
    [incarnation, ttl, load, sessions, starting],
  );
  return rows[0]?.status ?? null;
}

/**
 * Marks nodes with an expired lease as dead, and returns them, with those that an earlier version of this program has
 * marked: it left their sessions to them.
 */
export async function reapNodes(sql: Sql): Promise<EndedNode[]> {
  const now = databaseNow(sql.dialect);
  // Read first: on SQLite an update that finds nothing still takes the write lock.
  const due = await sql.all(
    `SELECT 1 FROM nodes WHERE (status <> 'dead' AND lease_until < ${now}) OR (status = 'dead' AND left_at IS NULL)
     LIMIT 1`,
  );
  if (due.length === 0) return [];
  return [...(await endNodes(sql, "expired", `lease_until < ${now}`)), ...(await takeUnreleased(sql))];
}

/** The dead nodes whose sessions may still be placed on them. */
export async function takeUnreleased(sql: Sql): Promise<EndedNode[]> {
  return sql.all<EndedNode>(
    `UPDATE nodes SET left_at = ${databaseNow(sql.dialect)} WHERE status = 'dead' AND left_at IS NULL
     RETURNING incarnation, node_id, coalesce(dead_reason, 'expired') AS dead_reason`,
  );
}

/** Live nodes that have not renewed their lease for `silence` ms; each has missed a renewal. */
export async function selectSilentNodes(
  sql: Sql,
  silence: number,
): Promise<{ incarnation: string; host_id: string; renewed_at: number }[]> {
  return sql.all(
    `SELECT incarnation, host_id, renewed_at FROM nodes
     WHERE status <> 'dead' AND renewed_at < ${databaseNow(sql.dialect)} - $1`,
    [silence],
  );
}

/** Marks a node as dead whose process is known to have ended; nothing when it has renewed its lease meanwhile. */
export async function endSilentNode(sql: Sql, incarnation: string, renewedAt: number): Promise<EndedNode[]> {
  return endNodes(sql, "host-lock", "incarnation = $2 AND renewed_at = $3", [incarnation, renewedAt]);
}

/** Ends the lease of this process, which has released its sessions. */
export async function endOwnNode(sql: Sql, incarnation: string): Promise<EndedNode[]> {
  return endNodes(sql, "stopped", "incarnation = $2", [incarnation]);
}

/** Marks the live nodes that match as dead. `condition` has its parameters from $2. */
async function endNodes(
  sql: Sql,
  reason: NodeEnd,
  condition: string,
  parameters: readonly unknown[] = [],
): Promise<EndedNode[]> {
  return sql.all<EndedNode>(
    `UPDATE nodes SET status = 'dead', dead_reason = $1, left_at = ${databaseNow(sql.dialect)}
     WHERE status <> 'dead' AND ${condition} RETURNING incarnation, node_id, dead_reason`,
    [reason, ...parameters],
  );
}

/** Sets the state of this process's node: it claims no more sessions, because it stops. */
export async function markStopping(sql: Sql, incarnation: string): Promise<void> {
  await sql.run("UPDATE nodes SET status = 'stopping' WHERE incarnation = $1 AND status <> 'dead'", [incarnation]);
}

/** Lets a node give its sessions away, or claim again; false when it is not in the state before. */
export async function setDraining(sql: Sql, nodeId: string, draining: boolean): Promise<boolean> {
  const [before, after] = draining ? ["up", "draining"] : ["draining", "up"];
  return (
    (await sql.run("UPDATE nodes SET status = $3 WHERE node_id = $1 AND status = $2", [nodeId, before, after])) > 0
  );
}

/** How many sessions the node owns. */
export async function countOwned(sql: Sql, nodeId: string): Promise<number> {
  const [row] = await sql.all<{ owned: number }>("SELECT count(*) AS owned FROM placements WHERE owner_node = $1", [
    nodeId,
  ]);
  return Number(row!.owned);
}

/** Deletes the rows of nodes that have been dead for `age` ms and own nothing. Returns how many. */
export async function deleteDeadNodes(sql: Sql, age: number): Promise<number> {
  return sql.run(
    `DELETE FROM nodes WHERE status = 'dead' AND coalesce(left_at, 0) < ${databaseNow(sql.dialect)} - $1
       AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.owner_incarnation = nodes.incarnation)`,
    [age],
  );
}
