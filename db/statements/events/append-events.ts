import { createId, type Id } from "../../../contracts/ids.ts";
import type { EventDraft } from "../../../contracts/events.ts";
import type { Sql } from "../../database.ts";
import { WRITER_WATERMARK } from "./writer-watermark.ts";

type NewEvent = EventDraft & {
  readonly id: Id<"event">;
  /** The session or tenant whose sequence numbers the event. */
  readonly stream: string;
};

/**
 * Appends events to the log in the caller's transaction, numbers them in their streams and returns their ids. The
 * streams' counters are locked in the order of their names, so that two transactions never deadlock.
 */
export async function appendEvents(sql: Sql, drafts: readonly EventDraft[], at: number): Promise<Id<"event">[]> {
  if (drafts.length === 0) return [];
  const events = drafts.map((draft): NewEvent => ({
    ...draft,
    id: createId("event"),
    stream: draft.sessionId ?? draft.tenantId,
  }));
  if (sql.dialect === "postgres") await insertAll(sql, events, at);
  else await insertEach(sql, events, at);
  return events.map(({ id }) => id);
}

async function insertEach(sql: Sql, events: readonly NewEvent[], at: number): Promise<void> {
  for (const { id, tenantId, sessionId, type, stream, data } of events) {
    const [row] = await sql.all<{ sequence: number }>(
      `INSERT INTO event_streams (stream_id, sequence) VALUES ($1, 1)
       ON CONFLICT (stream_id) DO UPDATE SET sequence = event_streams.sequence + 1 RETURNING sequence`,
      [stream],
    );
    await sql.run(
      "INSERT INTO events (id, tenant_id, session_id, type, at, sequence, data) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      [id, tenantId, sessionId, type, at, row!.sequence, JSON.stringify(data)],
    );
  }
}

// One round trip, however many streams there are.
const INSERT_ALL = `WITH given AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      WITH ORDINALITY AS g(id, tenant_id, session_id, type, stream_id, data, ordinal)),
  numbered AS (
    SELECT given.*, row_number() OVER (PARTITION BY stream_id ORDER BY ordinal) AS number,
      count(*) OVER (PARTITION BY stream_id) AS count
    FROM given),
  streams AS (
    INSERT INTO event_streams (stream_id, sequence)
    SELECT stream_id, count(*) FROM given GROUP BY stream_id ORDER BY stream_id
    ON CONFLICT (stream_id) DO UPDATE SET sequence = event_streams.sequence + excluded.sequence
    RETURNING stream_id, sequence)
  INSERT INTO events (id, tenant_id, session_id, type, at, sequence, data)
  SELECT n.id, n.tenant_id, n.session_id, n.type, $7::bigint, s.sequence - n.count + n.number, n.data
  FROM ${WRITER_WATERMARK} CROSS JOIN numbered n JOIN streams s ON s.stream_id = n.stream_id ORDER BY n.ordinal`;

async function insertAll(sql: Sql, events: readonly NewEvent[], at: number): Promise<void> {
  await sql.run(INSERT_ALL, [
    events.map(({ id }) => id),
    events.map(({ tenantId }) => tenantId),
    events.map(({ sessionId }) => sessionId),
    events.map(({ type }) => type),
    events.map(({ stream }) => stream),
    events.map(({ data }) => JSON.stringify(data)),
    at,
  ]);
}
