import type { EventEnvelope, EventType } from "../../../contracts/events.ts";
import type { Sql } from "../../database.ts";
import { readWatermark } from "./writer-watermark.ts";

/** An event read from the log, with its position there. */
export interface LoggedEvent {
  readonly position: number;
  readonly envelope: EventEnvelope;
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
  /** null for all sessions and the tenant's own events. */
  readonly sessionId: string | null;
}

/** Events of one tenant after the position, oldest first. */
export async function readTenantEvents(sql: Sql, filter: TenantEventsFilter): Promise<LoggedEvent[]> {
  const rows = await sql.all<EventRow>(
    `SELECT * FROM events
     WHERE tenant_id = $1 AND seq > $2 AND (CAST($4 AS TEXT) IS NULL OR session_id = $4) AND seq <= $5
     ORDER BY seq LIMIT $3`,
    [filter.tenantId, filter.after, filter.limit, filter.sessionId, await readWatermark(sql)],
  );
  return rows.map(toLoggedEvent);
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
  return { position: row.seq, envelope: envelope as EventEnvelope };
}
