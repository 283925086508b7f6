/** Turns events into counts. A pure function: a batch that is read again after a crash gives the same counts. */
import { BUCKETS, BUCKET_SIZES, type Metric } from "../../contracts/analytics.ts";
import type { LogEntry, EventType } from "../../contracts/events.ts";
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

/**
 * What an event counts as. WhatsApp may skip steps: a message that is read was delivered too, and one that is played
 * was read.
 */
function metricsOf(event: LogEntry): Metric[] {
  const skipped: Metric[] = [];
  if (event.type === "message.read" || event.type === "message.played") {
    const { previousStatus: previous } = event.data;
    if (previous === "sent") skipped.push("delivered");
    if (event.type === "message.played" && (previous === "sent" || previous === "delivered")) skipped.push("read");
  }
  const metric = METRIC_OF[event.type];
  return metric === undefined ? skipped : [...skipped, metric];
}

/** Why a message failed or expired; empty for every other event. */
function causeOf(event: LogEntry): string {
  if (event.type !== "message.failed" && event.type !== "message.expired") return "";
  return event.data.error?.code.slice(0, LONGEST_CAUSE) ?? "unknown";
}

/** Counts by the minute. Events without a session concern no message or session and are not counted. */
export function tally(events: readonly LoggedEvent[]): Rollup[] {
  const counts = new Map<string, Rollup>();
  for (const { envelope } of events) {
    const { tenantId, sessionId } = envelope;
    if (sessionId === undefined) continue;
    const at = Date.parse(envelope.at);
    const start = at - (at % BUCKETS.minute.length);
    for (const metric of metricsOf(envelope)) {
      const cause = causeOf(envelope);
      add(counts, { tenantId, size: "minute", start, sessionId, metric, cause, count: 1, lastAt: at });
    }
  }
  return [...counts.values()];
}

/**
 * The same counts for every size of bucket, written in one transaction. Summing minutes into hours later would need a
 * second reader with its own position, and a way to notice minutes that changed afterwards. Three rows instead of one
 * cost little, because a batch of events falls into few buckets.
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
