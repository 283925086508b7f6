/** From events to counts. Pure: the same events always come to the same counts, so a batch that is worked again after a crash is no other. */
import { BUCKETS, BUCKET_SIZES, type Metric } from "../../contracts/analytics.ts";
import type { EventEnvelope, EventType } from "../../contracts/events.ts";
import type { Rollup } from "../../db/statements/analytics/analytics-rollups.ts";
import type { LoggedEvent } from "../../db/statements/events/read-events.ts";

const METRIC_OF: Partial<Record<EventType, Metric>> = {
  "message.queued": "queued",
  "message.sent": "sent",
  "message.delivered": "delivered",
  "message.read": "read",
  "message.failed": "failed",
  "message.expired": "expired",
  "message.cancelled": "cancelled",
  "message.received": "received",
  "session.connected": "connected",
  "session.disconnected": "disconnected",
};

const LONGEST_CAUSE = 64;

/** What an event counts as. A message that is read without having been told delivered was delivered too, and one that is played was read. */
function metricsOf({ type, data }: EventEnvelope): Metric[] {
  const skipped: Metric[] = [];
  const previous = data["previousStatus"];
  if ((type === "message.read" || type === "message.played") && previous === "sent") skipped.push("delivered");
  if (type === "message.played" && (previous === "sent" || previous === "delivered")) skipped.push("read");
  const metric = METRIC_OF[type];
  return metric === undefined ? skipped : [...skipped, metric];
}

function causeOf(metric: Metric, { data }: EventEnvelope): string {
  if (metric !== "failed" && metric !== "expired") return "";
  const error = data["error"];
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code.slice(0, LONGEST_CAUSE) : "unknown";
}

/** Counts by the minute. Events without a session are none of messages or sessions, and count nothing. */
export function tally(events: readonly LoggedEvent[]): Rollup[] {
  const counts = new Map<string, Rollup>();
  for (const { envelope } of events) {
    const { tenantId, sessionId } = envelope;
    if (sessionId === undefined) continue;
    const at = Date.parse(envelope.at);
    const start = at - (at % BUCKETS.minute.length);
    for (const metric of metricsOf(envelope)) {
      const cause = causeOf(metric, envelope);
      add(counts, { tenantId, size: "minute", start, sessionId, metric, cause, count: 1, lastAt: at });
    }
  }
  return [...counts.values()];
}

/**
 * The same counts for every size of bucket. All sizes are written at once: hours made later from minutes would need a second
 * reader with a place of its own, and a way to see minutes that changed after it. Three rows for one cost little, since a
 * batch of events falls into few buckets.
 */
export function forAllSizes(minutes: readonly Rollup[]): Rollup[] {
  const counts = new Map<string, Rollup>();
  for (const size of BUCKET_SIZES)
    for (const row of minutes) add(counts, { ...row, size, start: row.start - (row.start % BUCKETS[size].length) });
  return [...counts.values()];
}

function add(counts: Map<string, Rollup>, row: Rollup): void {
  const key = `${row.tenantId} ${row.size} ${row.start} ${row.sessionId} ${row.metric} ${row.cause}`;
  const known = counts.get(key);
  counts.set(
    key,
    known === undefined
      ? row
      : { ...known, count: known.count + row.count, lastAt: Math.max(known.lastAt, row.lastAt) },
  );
}
