/**
 * Places in the event log on PostgreSQL, where a transaction can take places below those of another and be committed after
 * it. Whoever appends says first, by a shared lock that lasts as long as its transaction, above which place it will write;
 * readers stop at the lowest of these. The order of transaction ids would not do for that: a transaction has its id from its
 * first write on, and its places from a later one. Nor would it do to look at who is writing anything at all: some other
 * program's long transaction would hold up everyone.
 */
import type { Sql } from "../../database.ts";

/** Marks the locks as ours, in the upper 16 bits of their keys; the place is in the other 48. */
const MARK = 17_782;
const LAST = "pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass)";

/** A row source to be joined into the insert: it holds the lock before the insert takes its first place. */
export const WRITER_WATERMARK = `(SELECT pg_advisory_xact_lock_shared((${MARK}::bigint << 48) | coalesce(${LAST}, 0)) OFFSET 0) AS held`;

// The last place is read before the locks: who holds none by then takes higher places.
const SETTLED = `SELECT least(places.last, (
    SELECT min(((l.classid::bigint & 65535) << 32) | l.objid::bigint) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND l.classid::bigint >> 16 = ${MARK} AND l.objsubid = 1 AND d.datname = current_database() AND places.last > 0)) AS place
  FROM (SELECT coalesce(${LAST}, 0) AS last OFFSET 0) AS places`;

/**
 * The place up to which nothing can come any more. To be asked in a statement of its own before the events are read: what it
 * saw end must be there for the eyes of the next. SQLite has one writer, and its log no gaps.
 */
export async function readWatermark(sql: Sql): Promise<number> {
  if (sql.dialect === "sqlite") return Number.MAX_SAFE_INTEGER;
  return (await sql.all<{ place: number }>(SETTLED))[0]!.place;
}
