/** The steps of a time series: minutes and hours in UTC, days in the tenant's time zone. */
import { BUCKETS, type BucketSize } from "../../contracts/analytics.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import { MAX_POINTS } from "../../contracts/routes/analytics.ts";
import { floorTo, type Period } from "./periods.ts";

const DAY = BUCKETS.day.length;
/** ms. The start of a day plus this lies within the next day, even when clocks change. */
const INTO_NEXT_DAY = 1.5 * DAY;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time zone's offset from UTC in ms; positive east of Greenwich. */
function offsetAt(timezone: string, at: number): number {
  let format = formats.get(timezone);
  if (format === undefined) {
    const fields = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone: timezone, hourCycle: "h23", ...fields });
    formats.set(timezone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(
    parts["year"]!,
    parts["month"]! - 1,
    parts["day"],
    parts["hour"],
    parts["minute"],
    parts["second"],
  );
  return local - Math.floor(at / 1_000) * 1_000;
}

/** The start of the local day of `at`. */
export function startOfDay(timezone: string, at: number): number {
  const midnight = floorTo("day", at + offsetAt(timezone, at));
  const guess = midnight - offsetAt(timezone, at);
  return midnight - offsetAt(timezone, guess);
}

/**
 * The starts of the steps that the period touches, in order. Throws the problem `validation` when there are more than a
 * series may have.
 */
export function stepsOf(period: Period, interval: BucketSize, timezone: string): number[] {
  const { length } = BUCKETS[interval];
  const expected = Math.ceil((period.until - period.from) / length);
  if (expected > MAX_POINTS)
    throw fieldProblem(
      "validation",
      "?interval",
      `the period has ${expected} steps of a ${interval}; at most ${MAX_POINTS} are allowed`,
    );
  const steps: number[] = [];
  const next = (at: number) => (interval === "day" ? startOfDay(timezone, at + INTO_NEXT_DAY) : at + length);
  const first = interval === "day" ? startOfDay(timezone, period.from) : floorTo(interval, period.from);
  for (let at = first; at < period.until; at = next(at)) steps.push(at);
  return steps;
}

/** Adds each count to its step; both are in order of time. Counts before the first step are left out. */
export function fill(
  steps: readonly number[],
  counts: readonly { readonly at: number; readonly count: number }[],
): number[] {
  const values = steps.map(() => 0);
  let step = -1;
  for (const { at, count } of counts) {
    while (step + 1 < steps.length && steps[step + 1]! <= at) step += 1;
    if (step >= 0) values[step]! += count;
  }
  return values;
}
