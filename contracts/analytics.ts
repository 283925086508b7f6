/** The metrics of analytics, the length and retention of their buckets, and the updates that report new counts. */
import { z } from "zod";

export const METRICS = [
  "queued",
  "sent",
  "delivered",
  "read",
  "failed",
  "expired",
  "cancelled",
  "received",
  "connected",
  "disconnected",
] as const;
export const Metric = z.enum(METRICS);
export type Metric = z.infer<typeof Metric>;

export type Counts = Record<Metric, number>;

export const BUCKET_SIZES = ["minute", "hour", "day"] as const;
export type BucketSize = (typeof BUCKET_SIZES)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Length of a bucket, and how long it is kept after its start, in ms. Buckets start at whole minutes, hours and days of
 * UTC.
 */
export const BUCKETS: Readonly<Record<BucketSize, { readonly length: number; readonly kept: number }>> = {
  minute: { length: 60_000, kept: 48 * HOUR },
  hour: { length: HOUR, kept: 90 * DAY },
  day: { length: DAY, kept: 3 * 365 * DAY },
};

const SomeCounts = z.partialRecord(Metric, z.int());
export type SomeCounts = z.infer<typeof SomeCounts>;

/**
 * The data of the event `analytics.update`: the counts since the last update. The event is sent to sockets only, and is
 * not in the event log.
 */
export const AnalyticsUpdate = z
  .object({
    since: z.iso.datetime().describe("Start of the minute of the first event counted"),
    until: z.iso.datetime().describe("Time of the last event counted"),
    counts: SomeCounts,
    sessions: z.record(z.string(), SomeCounts).describe("The same by session id"),
  })
  .meta({ id: "AnalyticsUpdate" });
export type AnalyticsUpdate = z.infer<typeof AnalyticsUpdate>;

/** Minimum ms between two updates of a tenant; counts in between are merged. */
export const UPDATE_INTERVAL = 1_000;

function addCounts(a: SomeCounts, b: SomeCounts): SomeCounts {
  const sum = { ...a };
  for (const [metric, count] of Object.entries(b) as [Metric, number][]) sum[metric] = (sum[metric] ?? 0) + count;
  return sum;
}

/** Merges two updates into one. */
export function mergeUpdates(a: AnalyticsUpdate, b: AnalyticsUpdate): AnalyticsUpdate {
  const sessions = { ...a.sessions };
  for (const [sessionId, counts] of Object.entries(b.sessions))
    sessions[sessionId] = addCounts(sessions[sessionId] ?? {}, counts);
  return {
    since: a.since < b.since ? a.since : b.since,
    until: a.until > b.until ? a.until : b.until,
    counts: addCounts(a.counts, b.counts),
    sessions,
  };
}
