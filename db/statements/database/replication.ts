/** How far a PostgreSQL replica is behind its primary. */
import type { Sql } from "../../database.ts";

/** Up to where the primary's log is on disk: everything whose commit was answered is before it. */
export async function readWritePosition(primary: Sql): Promise<string> {
  const rows = await primary.all<{ position: string }>("SELECT pg_current_wal_flush_lsn()::text AS position");
  return rows[0]!.position;
}

export interface ReplicaProgress {
  /** It has everything up to the position. False for a server that was promoted: it goes its own way. */
  readonly hasCaughtUp: boolean;
  /** Seconds since the last transaction that it has; 0 when it has all of them. */
  readonly lag: number;
}

export async function readReplicaProgress(replica: Sql, position: string): Promise<ReplicaProgress> {
  const rows = await replica.all<{ hasCaughtUp: boolean; lag: number }>(
    `SELECT p.caught_up AS "hasCaughtUp",
       CASE WHEN p.caught_up THEN 0
         ELSE coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float END AS lag
     FROM (SELECT pg_is_in_recovery() AND coalesce(pg_last_wal_replay_lsn() >= $1::pg_lsn, false) AS caught_up) p`,
    [position],
  );
  return rows[0]!;
}
