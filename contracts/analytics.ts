/** What is counted, in which steps of time, and for how long it is kept. */
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
 * Length of a bucket and its retention, counted from its start, both in ms. Buckets begin at whole minutes, hours and
 * days of UTC.
 */
export const BUCKETS: Readonly<Record<BucketSize, { readonly length: number; readonly kept: number }>> = {
  minute: { length: 60_000, kept: 48 * HOUR },
  hour: { length: HOUR, kept: 90 * DAY },
  day: { length: DAY, kept: 3 * 365 * DAY },
};

const SomeCounts = z.partialRecord(Metric, z.int());
export type SomeCounts = z.infer<typeof SomeCounts>;

/** The data of the event `analytics.update`: what was counted since the one before. It is told to sockets only and stands in no log. */
export const AnalyticsUpdate = z
  .object({
    since: z.iso.datetime().describe("Begin of the minute of the first event counted"),
    until: z.iso.datetime().describe("Time of the last event counted"),
    counts: SomeCounts,
    sessions: z.record(z.string(), SomeCounts).describe("The same by session id"),
  })
  .meta({ id: "AnalyticsUpdate" });
export type AnalyticsUpdate = z.infer<typeof AnalyticsUpdate>;
