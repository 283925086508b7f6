/**
 * Periods of time, and the buckets that cover them. Older counts are kept in larger buckets, so a period starts and
 * ends on the boundary of a bucket that is kept for its age.
 */
import { BUCKETS, type BucketSize } from "../../contracts/analytics.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import type { BucketRange } from "../../db/statements/analytics/analytics-reads.ts";

/** In ms; `until` is not included. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

const DAY = BUCKETS.day.length;
export const WEEK = 7 * DAY;

export function floorTo(size: BucketSize, at: number): number {
  return Math.floor(at / BUCKETS[size].length) * BUCKETS[size].length;
}

export function ceilTo(size: BucketSize, at: number): number {
  return Math.ceil(at / BUCKETS[size].length) * BUCKETS[size].length;
}

/** The smallest bucket that is still kept for this time. */
function finestAt(at: number, now: number): BucketSize {
  if (at >= now - BUCKETS.minute.kept) return "minute";
  return at >= now - BUCKETS.hour.kept ? "hour" : "day";
}

/** Moves both ends to the nearest boundary of a bucket that is kept for their age. */
export function snap({ from, until }: Period, now: number): Period {
  const nearest = (at: number) => {
    const { length } = BUCKETS[finestAt(at, now)];
    return Math.round(at / length) * length;
  };
  const begin = nearest(from);
  return { from: begin, until: Math.max(nearest(until), begin + BUCKETS[finestAt(begin, now)].length) };
}

/** The requested period, by default the last `length` ms. Throws `validation` when it is empty or too old. */
export function readPeriod(
  query: { from?: number | undefined; until?: number | undefined },
  now: number,
  length = DAY,
): Period {
  const until = Math.min(query.until ?? Infinity, ceilTo("minute", now));
  const from = query.from ?? until - length;
  if (from >= until) throw fieldProblem("validation", "?from", "a time before `until` and before now is expected");
  if (from < now - BUCKETS.day.kept) throw fieldProblem("validation", "?from", "counts are kept for three years");
  return { from, until };
}

/** The period of the same length, this much earlier. */
export function shift({ from, until }: Period, by: number, now: number): Period {
  return snap({ from: from - by, until: until - by }, now);
}

/** A snapped period as few ranges of buckets: days in the middle, hours and minutes at the ends. */
export function cover({ from, until }: Period): BucketRange[] {
  const ranges: BucketRange[] = [];
  let at = from;
  const coverUntil = (size: BucketSize, to: number) => {
    if (to <= at) return;
    ranges.push({ size, from: at, until: to });
    at = to;
  };
  coverUntil("minute", Math.min(ceilTo("hour", at), until));
  coverUntil("hour", Math.min(ceilTo("day", at), floorTo("hour", until)));
  coverUntil("day", floorTo("day", until));
  coverUntil("hour", floorTo("hour", until));
  coverUntil("minute", until);
  return ranges;
}

/** As the API shows it. */
export function viewPeriod({ from, until }: Period): { from: string; until: string } {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
}
