import { databaseNow, type Sql } from "../../database.ts";

export interface NodeRegistration {
  /** Unique for each start of the process. */
  readonly incarnation: string;
  readonly nodeId: string;
  /** Identifies the data directory, which only one process at a time can lock. */
  readonly hostId: string;
  /** Length of the lease in ms, measured by the database's clock. */
  readonly ttl: number;
}

/** Registers this process. It has locked the data directory, so any process that used it before has ended. */
export async function registerNode(sql: Sql, node: NodeRegistration): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run("UPDATE nodes SET status = 'dead', dead_reason = 'host-lock' WHERE host_id = $1 AND status <> 'dead'", [
    node.hostId,
  ]);
  await sql.run(
    `INSERT INTO nodes (incarnation, node_id, host_id, status, lease_until, started_at)
     VALUES ($1, $2, $3, 'up', ${now} + $4, ${now})`,
    [node.incarnation, node.nodeId, node.hostId, node.ttl],
  );
}

/**
 * Extends the lease; false when it has been lost for good: the process must stop its sessions immediately. On
 * PostgreSQL an expired lease is lost, because another node may be taking over; on SQLite it is lost once the node is
 * marked dead.
 */
export async function renewLease(sql: Sql, incarnation: string, ttl: number): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const notExpired = sql.dialect === "postgres" ? `AND lease_until > ${now}` : "";
  const renewed = await sql.run(
    `UPDATE nodes SET lease_until = ${now} + $2 WHERE incarnation = $1 AND status <> 'dead' ${notExpired}`,
    [incarnation, ttl],
  );
  return renewed === 1;
}

/** Marks nodes with an expired lease as dead, permanently. Returns how many. */
export async function reapNodes(sql: Sql): Promise<number> {
  return sql.run(
    `UPDATE nodes SET status = 'dead', dead_reason = 'expired'
     WHERE status <> 'dead' AND lease_until < ${databaseNow(sql.dialect)}`,
  );
}

/** Sets the status of this process: `draining` claims no more sessions, `dead` has released all of them. */
export async function markNode(sql: Sql, incarnation: string, status: "draining" | "dead"): Promise<void> {
  await sql.run(
    `UPDATE nodes SET status = $2, dead_reason = CASE WHEN $2 = 'dead' THEN 'stopped' END
     WHERE incarnation = $1 AND status <> 'dead'`,
    [incarnation, status],
  );
}
