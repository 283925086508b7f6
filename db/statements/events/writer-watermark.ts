/**
 * The watermark below which the event log on PostgreSQL is complete. Positions come from a sequence and are assigned
 * before the commit, so a transaction may commit events at lower positions than others that are visible already. Before
 * it appends, a transaction therefore takes a shared advisory lock whose key is the sequence's last position: all its
 * events will lie above. The lock lasts as long as the transaction. Readers stop at the lowest of these keys, the
 * watermark.
 *
 * Rejected: ordering by transaction id (a transaction gets its id with its first write and its positions with a later
 * one), and waiting for every writing transaction (a long one of any other program would stop all readers). The costs
 * are in docs/decisions/0009-readers-stop-below-held-places.md.
 */
import type { Sql } from "../../database.ts";

/** Marks the locks as those of the event log, in the upper 16 bits of their keys; the lower 48 hold the position. */
const LOCK_CLASS = 17_782;
const LAST = "pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass)";

/** A row source to join into the insert: it takes the lock before the insert is assigned its first position. */
export const WRITER_WATERMARK = `(
    SELECT pg_advisory_xact_lock_shared((${LOCK_CLASS}::bigint << 48) | coalesce(${LAST}, 0)) OFFSET 0) AS watermark`;

// The last position is read before the locks: a writer without a lock by then is assigned higher positions.
const READ_WATERMARK = `SELECT least(log.last, (
    SELECT min(((l.classid::bigint & 65535) << 32) | l.objid::bigint)
    FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND l.classid::bigint >> 16 = ${LOCK_CLASS} AND l.objsubid = 1
      AND d.datname = current_database() AND log.last > 0)) AS position
  FROM (SELECT coalesce(${LAST}, 0) AS last OFFSET 0) AS log`;

/**
 * The position up to which no more events can appear. Call it in a separate statement before the events are read:
 * the snapshot of the next statement then includes every transaction that had ended. SQLite has one writer, so its log
 * has no gaps.
 */
export async function readWatermark(sql: Sql): Promise<number> {
  if (sql.dialect === "sqlite") return Number.MAX_SAFE_INTEGER;
  return (await sql.all<{ position: number }>(READ_WATERMARK))[0]!.position;
}
