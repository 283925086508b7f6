import { createId } from "../../contracts/ids.ts";
import type { EventDraft } from "../../contracts/events.ts";
import type { Sql } from "../database.ts";
import { HELD_PLACES } from "./event-places.ts";

/** An event as written: the draft with its id, time and place in its stream. */
export interface AppendedEvent extends EventDraft {
  readonly id: string;
  readonly at: number;
  readonly sequence: number;
}

/**
 * Appends events to the log, in the caller's transaction, and numbers them per stream (session, or tenant without one).
 * The streams' counters are taken in the order of their ids, so that two transactions never wait for each other in a ring.
 */
export async function appendEvents(sql: Sql, drafts: readonly EventDraft[], at: number): Promise<AppendedEvent[]> {
  if (drafts.length === 0) return [];
  const next = await reserveSequences(sql, drafts);
  const appended = drafts.map((draft) => {
    const stream = streamOf(draft);
    const sequence = next.get(stream)!;
    next.set(stream, sequence + 1);
    return { ...draft, id: createId("event"), at, sequence };
  });
  if (sql.dialect === "postgres") await insertMany(sql, appended);
  else for (const event of appended) await insertOne(sql, event);
  return appended;
}

function streamOf(draft: EventDraft): string {
  return draft.sessionId ?? draft.tenantId;
}

/** The first number for each stream of the batch. */
async function reserveSequences(sql: Sql, drafts: readonly EventDraft[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const draft of drafts) counts.set(streamOf(draft), (counts.get(streamOf(draft)) ?? 0) + 1);
  const next = new Map<string, number>();
  for (const [stream, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rows = await sql.all<{ sequence: number }>(
      `INSERT INTO event_streams (stream_id, sequence) VALUES ($1, $2)
       ON CONFLICT (stream_id) DO UPDATE SET sequence = event_streams.sequence + excluded.sequence RETURNING sequence`,
      [stream, count],
    );
    next.set(stream, rows[0]!.sequence - count + 1);
  }
  return next;
}

async function insertOne(sql: Sql, event: AppendedEvent): Promise<void> {
  await sql.run("INSERT INTO events (id, tenant_id, session_id, type, at, sequence, data) VALUES ($1, $2, $3, $4, $5, $6, $7)", [
    event.id,
    event.tenantId,
    event.sessionId,
    event.type,
    event.at,
    event.sequence,
    JSON.stringify(event.data),
  ]);
}

async function insertMany(sql: Sql, events: readonly AppendedEvent[]): Promise<void> {
  await sql.run(
    `INSERT INTO events (id, tenant_id, session_id, type, at, sequence, data)
     SELECT e.* FROM ${HELD_PLACES} CROSS JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[]) AS e`,
    [
      events.map((event) => event.id),
      events.map((event) => event.tenantId),
      events.map((event) => event.sessionId),
      events.map((event) => event.type),
      events.map((event) => event.at),
      events.map((event) => event.sequence),
      events.map((event) => JSON.stringify(event.data)),
    ],
  );
}
