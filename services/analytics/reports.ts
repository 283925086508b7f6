/** The reports: each reads the counts of a scope and a period. */
import { BUCKETS, METRICS, type BucketSize, type Counts, type Metric } from "../../contracts/analytics.ts";
import { fieldProblem } from "../../contracts/errors.ts";
import type { Failures, Overview, SessionAnalytics, TimeSeries, Trends } from "../../contracts/routes/analytics.ts";
import type { TenantSettings } from "../../contracts/routes/tenant.ts";
import type { Sql } from "../../db/database.ts";
import {
  findFirstDay,
  findTenantSettings,
  listSessionNames,
  sumByBucket,
  sumByCause,
  sumBySession,
  type AnalyticsScope,
  type CauseCount,
  type BucketRange,
} from "../../db/statements/analytics/analytics-reads.ts";
import { bySession, changeOf, compare, noCounts, ratesOf, totalOf, type SessionFigures } from "./figures.ts";
import { ceilTo, cover, floorTo, shift, snap, viewPeriod, WEEK, type Period } from "./periods.ts";
import { fill, stepsOf } from "./steps.ts";

/** The sessions and the time that a report covers. The period is as requested, not yet snapped to buckets. */
export interface ReportRequest {
  readonly scope: AnalyticsScope;
  readonly period: Period;
  readonly now: number;
}

/** Most sessions listed in an overview. */
const MOST_SESSIONS = 200;
/** Earlier weeks in a trend's average. */
const WEEKS = 4;

async function readSessions(sql: Sql, scope: AnalyticsScope, period: Period): Promise<Map<string, SessionFigures>> {
  return bySession((await Promise.all(cover(period).map((range) => sumBySession(sql, scope, range)))).flat());
}

async function readTotal(sql: Sql, scope: AnalyticsScope, period: Period): Promise<Counts> {
  return totalOf((await readSessions(sql, scope, period)).values());
}

/** Counts per session and in total, compared with the period of the same length before. */
export async function overview(sql: Sql, { scope, period: requested, now }: ReportRequest): Promise<Overview> {
  const period = snap(requested, now);
  const earlier = shift(period, period.until - period.from, now);
  const [current, before, names] = await Promise.all([
    readSessions(sql, scope, period),
    readSessions(sql, scope, earlier),
    listSessionNames(sql, scope),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const sessions = [...new Set([...current.keys(), ...before.keys()])].map((sessionId) => ({
    sessionId,
    name: nameOf.get(sessionId) ?? null,
    ...compare(current.get(sessionId)?.counts ?? noCounts(), before.get(sessionId)?.counts ?? noCounts()),
  }));
  const activity = (counts: Counts) => METRICS.reduce((sum, metric) => sum + counts[metric], 0);
  sessions.sort((a, b) => activity(b.counts) - activity(a.counts) || (a.sessionId < b.sessionId ? -1 : 1));
  const total = compare(totalOf(current.values()), totalOf(before.values()));
  return { ...viewPeriod(period), before: viewPeriod(earlier), total, sessions: sessions.slice(0, MOST_SESSIONS) };
}

/** Each metric compared with the period before, and with the same weekdays of earlier weeks. */
export async function trends(sql: Sql, { scope, period: requested, now }: ReportRequest): Promise<Trends> {
  const period = snap(requested, now);
  const earlier = shift(period, period.until - period.from, now);
  const firstDay = (await findFirstDay(sql, scope.tenantId)) ?? now;
  // A period longer than a week is compared with periods several weeks earlier, so that they do not overlap.
  const stride = Math.ceil((period.until - period.from) / WEEK) * WEEK;
  const weeks = Array.from({ length: WEEKS }, (_none, index) => shift(period, stride * (index + 1), now)).filter(
    ({ from }) => from >= firstDay,
  );
  const [value, before, ...others] = await Promise.all(
    [period, earlier, ...weeks].map((one) => readTotal(sql, scope, one)),
  );
  const trendOf = (metric: Metric) => {
    const average = others.reduce((sum, counts) => sum + counts[metric], 0) / Math.max(1, others.length);
    return {
      metric,
      value: value![metric],
      before: { value: before![metric], change: changeOf(value![metric], before![metric]) },
      sameWeekday:
        others.length === 0
          ? null
          : {
              average: Math.round(average * 100) / 100,
              weeks: others.length,
              change: changeOf(value![metric], average),
            },
    };
  };
  return { ...viewPeriod(period), before: viewPeriod(earlier), trends: METRICS.map(trendOf) };
}

/**
 * The ranges of a time series. Days are summed from hours while these are kept, because days are in the tenant's
 * time zone; older days are UTC days.
 */
function rangesOf(steps: readonly number[], until: number, interval: BucketSize, now: number): BucketRange[] {
  const from = steps[0]!;
  if (interval !== "day") return [{ size: interval, from, until: ceilTo(interval, until) }];
  const border = ceilTo("day", now - BUCKETS.hour.kept);
  const days = { size: "day", from: floorTo("day", from), until: Math.min(border, ceilTo("day", until)) } as const;
  const hours = { size: "hour", from: Math.max(border, floorTo("hour", from)), until: ceilTo("hour", until) } as const;
  return [days, hours].filter((range) => range.from < range.until);
}

/** One metric in equal steps. Throws the problem `validation` when the interval is not kept for that long. */
export async function timeSeries(
  sql: Sql,
  request: ReportRequest & { metric: Metric; interval: BucketSize; sessionId: string | null },
): Promise<TimeSeries> {
  const { scope, period, now, metric, interval, sessionId } = request;
  const { kept, length } = BUCKETS[interval];
  if (period.from < now - kept)
    throw fieldProblem(
      "validation",
      "?from",
      `${interval}s are kept for ${kept / 3_600_000} hours; use a larger interval`,
    );
  const settings = JSON.parse(await findTenantSettings(sql, scope.tenantId)) as Partial<TenantSettings>;
  const timezone = interval === "day" ? (settings.timezone ?? "UTC") : "UTC";
  const steps = stepsOf(period, interval, timezone);
  const counts: { at: number; count: number }[] = [];
  for (const range of rangesOf(steps, period.until, interval, now)) {
    // A UTC day counts for the local day that it overlaps most.
    const middle = range.size === "day" ? length / 2 : 0;
    for (const { start, count } of await sumByBucket(sql, scope, range, metric))
      counts.push({ at: start + middle, count });
  }
  const values = fill(steps, counts);
  const points = steps.map((at, index) => ({ at: new Date(at).toISOString(), value: values[index]! }));
  const shown = viewPeriod({ from: steps[0]!, until: ceilTo("minute", period.until) });
  return {
    ...shown,
    metric,
    interval,
    sessionId,
    timezone,
    total: values.reduce((sum, value) => sum + value, 0),
    points,
  };
}

/** Why messages failed or expired, the most frequent cause first. */
export async function failures(sql: Sql, { scope, period: requested, now }: ReportRequest): Promise<Failures> {
  const period = snap(requested, now);
  const rows = (await Promise.all(cover(period).map((range) => sumByCause(sql, scope, range)))).flat();
  const causes = new Map<string, CauseCount>();
  for (const row of rows) {
    const known = causes.get(`${row.metric} ${row.cause}`);
    const sum =
      known === undefined
        ? row
        : { ...row, count: known.count + row.count, last_at: Math.max(known.last_at, row.last_at) };
    causes.set(`${row.metric} ${row.cause}`, sum);
  }
  const total = [...causes.values()].reduce((sum, { count }) => sum + count, 0);
  const shown = [...causes.values()]
    .sort((a, b) => b.count - a.count || (a.cause < b.cause ? -1 : 1))
    .map(({ metric, cause, count, last_at: lastAt }) => ({
      status: metric,
      cause,
      count,
      share: Math.round((count / total) * 10_000) / 10_000,
      lastAt: new Date(lastAt).toISOString(),
    }));
  return { ...viewPeriod(period), total, causes: shown };
}

/** Every session of the scope in order of id, including those without counts and those deleted since. */
export async function sessions(
  sql: Sql,
  { scope, period: requested, now }: ReportRequest,
): Promise<{ period: Period; rows: SessionAnalytics[] }> {
  const period = snap(requested, now);
  const [figures, names] = await Promise.all([readSessions(sql, scope, period), listSessionNames(sql, scope)]);
  const known = new Map(names.map((row) => [row.id, row]));
  const rows = [...new Set([...known.keys(), ...figures.keys()])].sort().map((sessionId) => {
    const { counts, lastAt } = figures.get(sessionId) ?? { counts: noCounts(), lastAt: 0 };
    const { name, state } = known.get(sessionId) ?? { name: null, state: null };
    return {
      sessionId,
      name,
      state,
      counts,
      rates: ratesOf(counts),
      lastAt: lastAt === 0 ? null : new Date(lastAt).toISOString(),
    };
  });
  return { period, rows };
}
