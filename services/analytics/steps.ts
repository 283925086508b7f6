/** The steps of a time series: minutes and hours of UTC, days of the tenant's time zone. */
import { BUCKETS, type BucketSize } from "../../contracts/analytics.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import { MOST_POINTS } from "../../contracts/routes/analytics.ts";
import { floorTo, type Period } from "./periods.ts";

const DAY = BUCKETS.day.length;
/** From the begin of a day this leads into the next, and no further, also when clocks change. */
const INTO_NEXT_DAY = 1.5 * DAY;

const formats = new Map<string, Intl.DateTimeFormat>();

/** ms that the zone's clocks are ahead of UTC. */
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

/** When the local day of `at` began. */
export function startOfDay(timezone: string, at: number): number {
  const midnight = floorTo("day", at + offsetAt(timezone, at));
  const guess = midnight - offsetAt(timezone, at);
  return midnight - offsetAt(timezone, guess);
}

/**
 * The begins of the steps that the period touches, in order. The problem `validation` when they are more than a series
 * may have.
 */
export function stepsOf(period: Period, interval: BucketSize, timezone: string): number[] {
  const { length } = BUCKETS[interval];
  const expected = Math.ceil((period.until - period.from) / length);
  if (expected > MOST_POINTS)
    throw fieldProblem(
      "validation",
      "?interval",
      `the period has ${expected} steps of a ${interval}; at most ${MOST_POINTS} are allowed`,
    );
  const steps: number[] = [];
  const next = (at: number) => (interval === "day" ? startOfDay(timezone, at + INTO_NEXT_DAY) : at + length);
  const first = interval === "day" ? startOfDay(timezone, period.from) : floorTo(interval, period.from);
  for (let at = first; at < period.until; at = next(at)) steps.push(at);
  return steps;
}

/** Adds each count to the step that it falls into; both in order of time. Counts before the first step are left out. */
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
