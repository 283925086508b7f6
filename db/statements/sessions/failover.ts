/** What has to be put right after a PostgreSQL standby was promoted, which may lack the last transactions. */
import { databaseNow, type Sql } from "../../database.ts";

/** More claims than a standby can lack: an epoch that was given out and lost must not be given out again. */
const LOST_EPOCHS = 1_000;

/**
 * Records the timeline of this server; true when it is new, which means that the server was promoted. PostgreSQL only.
 */
export async function recordTimeline(sql: Sql): Promise<boolean> {
  const rows = await sql.all<{ known: number }>(
    `INSERT INTO database_timelines (timeline, seen_at)
     VALUES (('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int, ${databaseNow("postgres")})
     ON CONFLICT DO NOTHING RETURNING (SELECT count(*) FROM database_timelines) AS known`,
  );
  return rows.length > 0 && rows[0]!.known > 0;
}

/** Leaves out the epochs whose claims may have been lost. Owners keep theirs. */
export async function raiseFreeEpochs(sql: Sql): Promise<void> {
  await sql.run(`UPDATE placements SET epoch = epoch + $1 WHERE owner_incarnation IS NULL`, [LOST_EPOCHS]);
}

/** Gives every live node a whole lease, in ms: the clock of the new server may be ahead of the former one's. */
export async function renewAllLeases(sql: Sql, ttl: number): Promise<void> {
  const now = databaseNow(sql.dialect);
  await sql.run(`UPDATE nodes SET lease_until = ${now} + $1 WHERE status <> 'dead'`, [ttl]);
}
