import { databaseNow, type Sql } from "../../database.ts";

export interface NodeRegistration {
  /** New at every start of the process. */
  readonly incarnation: string;
  readonly nodeId: string;
  /** Names the data directory, which one process holds at a time. */
  readonly hostId: string;
  /** Length of the lease in ms, on the database's clock. */
  readonly ttl: number;
}

/** Registers this process. Whoever held the data directory before is provably gone, because we hold its lock. */
export async function registerNode(sql: Sql, node: NodeRegistration): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run("UPDATE nodes SET status = 'dead', dead_reason = 'host-lock' WHERE host_id = $1 AND status <> 'dead'", [
    node.hostId,
  ]);
  await sql.run(
    `INSERT INTO nodes (incarnation, node_id, host_id, status, lease_until, started_at) VALUES ($1, $2, $3, 'up', ${now} + $4, ${now})`,
    [node.incarnation, node.nodeId, node.hostId, node.ttl],
  );
}

/**
 * Extends the lease; false when it is over, which is for good: the process must stop its sessions at once. On PostgreSQL it is
 * over when it has run out, because another node may be about to take over; in a SQLite file, when another has said so.
 */
export async function renewLease(sql: Sql, incarnation: string, ttl: number): Promise<boolean> {
  const now = databaseNow(sql.dialect);
  const inTime = sql.dialect === "postgres" ? `AND lease_until > ${now}` : "";
  return (
    (await sql.run(`UPDATE nodes SET lease_until = ${now} + $2 WHERE incarnation = $1 AND status <> 'dead' ${inTime}`, [
      incarnation,
      ttl,
    ])) === 1
  );
}

/** Declares nodes dead whose lease has run out. Nothing brings them back. Returns how many. */
export async function reapNodes(sql: Sql): Promise<number> {
  return sql.run(
    `UPDATE nodes SET status = 'dead', dead_reason = 'expired' WHERE status <> 'dead' AND lease_until < ${databaseNow(sql.dialect)}`,
  );
}

/** Marks this process: `draining` claims nothing more, `dead` has let go of everything. */
export async function markNode(sql: Sql, incarnation: string, status: "draining" | "dead"): Promise<void> {
  await sql.run(
    "UPDATE nodes SET status = $2, dead_reason = CASE WHEN $2 = 'dead' THEN 'stopped' END WHERE incarnation = $1 AND status <> 'dead'",
    [incarnation, status],
  );
}
