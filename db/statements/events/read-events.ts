import type { EventType, LogEntry } from "../../../contracts/events.ts";
import { isOneOf, type Sql } from "../../database.ts";
import { readWatermark } from "./writer-watermark.ts";

/** An event read from the log, with its position there. */
export interface LoggedEvent {
  readonly position: number;
  readonly envelope: LogEntry;
}

interface EventRow {
  seq: number;
  id: string;
  tenant_id: string;
  session_id: string | null;
  type: EventType;
  at: number;
  sequence: number;
  /** JSON of the event's data. */
  data: string;
}

/** Events of every tenant after the position, oldest first: for webhooks, sockets and analytics. */
export async function readEventsAfter(sql: Sql, position: number, limit: number): Promise<LoggedEvent[]> {
  const rows = await sql.all<EventRow>("SELECT * FROM events WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3", [
    position,
    await readWatermark(sql),
    limit,
  ]);
  return rows.map(toLoggedEvent);
}

export interface TenantEventsFilter {
  readonly tenantId: string;
  readonly after: number;
  readonly limit: number;
  /** Only events of these types. */
  readonly types: readonly EventType[];
  /** Only events of these sessions; null for all sessions and the tenant's own events. */
  readonly sessions: readonly string[] | null;
}

export interface TenantEvents {
  readonly events: readonly LoggedEvent[];
  /** The position to continue after. */
  readonly position: number;
  /** True when no more events follow for now. */
  readonly isEnd: boolean;
}

/** Most events of the tenant that one call looks at, however few of them match. */
const MAX_SCANNED = 2_000;

/** Events of one tenant after the position, oldest first. There may be fewer than `limit`, or none, before the end. */
export async function readTenantEvents(sql: Sql, filter: TenantEventsFilter): Promise<TenantEvents> {
  const ofSessions = filter.sessions === null ? "" : `AND ${isOneOf(sql, "e.session_id", "$7")}`;
  const rows = await sql.all<(EventRow | Record<keyof EventRow, null>) & { last: number | null; scanned: number }>(
    `SELECT e.*, span.last, span.scanned
     FROM (SELECT max(seq) AS last, count(*) AS scanned FROM (
         SELECT seq FROM events WHERE tenant_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4) AS scan) AS span
       LEFT JOIN events e
         ON e.tenant_id = $1 AND e.seq > $2 AND e.seq <= span.last AND ${isOneOf(sql, "e.type", "$6")} ${ofSessions}
     ORDER BY e.seq LIMIT $5`,
    [
      filter.tenantId,
      filter.after,
      await readWatermark(sql),
      MAX_SCANNED,
      filter.limit,
      filter.types,
      ...(filter.sessions === null ? [] : [filter.sessions]),
    ],
  );
  const events = rows.flatMap((row) => (row.seq === null ? [] : [toLoggedEvent(row)]));
  const isFull = events.length === filter.limit;
  const { last, scanned } = rows[0]!;
  return {
    events,
    position: isFull ? events.at(-1)!.position : (last ?? filter.after),
    isEnd: !isFull && scanned < MAX_SCANNED,
  };
}

/** The oldest position that is kept, and the newest one up to which the log is complete; both 0 for an empty log. */
export async function readLogBounds(sql: Sql): Promise<{ oldest: number; newest: number }> {
  const rows = await sql.all<{ oldest: number | null; newest: number | null }>(
    "SELECT min(seq) AS oldest, max(seq) AS newest FROM events WHERE seq <= $1",
    [await readWatermark(sql)],
  );
  return { oldest: rows[0]?.oldest ?? 0, newest: rows[0]?.newest ?? 0 };
}

/** The data's type goes with the event's: `appendEvents` accepts no other pairs. */
function toLoggedEvent(row: EventRow): LoggedEvent {
  const envelope = {
    id: row.id,
    type: row.type,
    at: new Date(row.at).toISOString(),
    tenantId: row.tenant_id,
    ...(row.session_id === null ? {} : { sessionId: row.session_id }),
    sequence: row.sequence,
    data: JSON.parse(row.data) as unknown,
  };
  return { position: row.seq, envelope: envelope as LogEntry };
}
