/** Analytics: what the event log amounts to, in all and by session. Every answer also comes as CSV. */
import { z } from "zod";
import { BUCKET_SIZES, METRICS, Metric } from "../analytics.ts";
import { listOf, object, page, route } from "../route.ts";
import { SESSION_STATES } from "../states.ts";

const tag = "Analytics";
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** Points that one time series may have. */
export const MOST_POINTS = 2_000;

const period = {
  from: time.optional().describe("24 hours before `until` when absent; at most three years back"),
  until: time.optional().describe("Not included; now when absent or later than now"),
};
const session = z.string().min(1).max(80).optional().describe("Only this session, by id or name");

const Counts = z
  .object(Object.fromEntries(METRICS.map((metric) => [metric, z.int()])) as Record<Metric, z.ZodInt>)
  .describe("Events of the period by what they were")
  .meta({ id: "AnalyticsCounts" });

const ratio = z.number().min(0).max(1).nullable();
const Rates = z
  .object({
    delivery: ratio.describe("delivered / sent"),
    read: ratio.describe("read / delivered"),
    failure: ratio.describe("failed / (sent + failed)"),
  })
  .describe(
    "By what happened in the period, whenever the messages were sent; 1 at most, null where there is nothing to divide by",
  )
  .meta({ id: "AnalyticsRates" });
export type Rates = z.infer<typeof Rates>;

const percent = z.number().nullable().describe("Change in percent; null where there was nothing before");
const Changes = z
  .object(Object.fromEntries(METRICS.map((metric) => [metric, percent])) as Record<Metric, typeof percent>)
  .meta({ id: "AnalyticsChanges" });

/** Where the period really begins and ends: whole minutes for the last 48 hours, whole hours for 90 days, whole days before. */
const Period = z.object({ from: z.iso.datetime(), until: z.iso.datetime() });

const Comparison = z.object({ counts: Counts, before: Counts, change: Changes, rates: Rates });
export type Comparison = z.infer<typeof Comparison>;

export const Overview = Period.extend({
  before: Period.describe("The period of the same length right before"),
  total: Comparison,
  sessions: z
    .array(Comparison.extend({ sessionId: z.string(), name: z.string().nullable() }))
    .describe("The 200 most active; name is null for deleted ones"),
}).meta({ id: "AnalyticsOverview" });
export type Overview = z.infer<typeof Overview>;

export const TimeSeries = Period.extend({
  metric: Metric,
  interval: z.enum(BUCKET_SIZES),
  sessionId: z.string().nullable(),
  timezone: z.string().describe("Of the days: the tenant's, held to whole hours of UTC; UTC for minutes and hours"),
  total: z.int(),
  points: z.array(z.object({ at: z.iso.datetime().describe("Begin of the step"), value: z.int() })),
}).meta({ id: "AnalyticsTimeSeries" });
export type TimeSeries = z.infer<typeof TimeSeries>;

export const Trend = z
  .object({
    metric: Metric,
    value: z.int(),
    before: z.object({ value: z.int(), change: percent }),
    sameWeekday: z
      .object({ average: z.number(), weeks: z.int(), change: percent })
      .nullable()
      .describe(
        "The same time of the week in up to four weeks before, as far as there are counts; null when there are none",
      ),
  })
  .meta({ id: "AnalyticsTrend" });
export type Trend = z.infer<typeof Trend>;

export const Trends = Period.extend({ before: Period, trends: z.array(Trend) }).meta({ id: "AnalyticsTrends" });
export type Trends = z.infer<typeof Trends>;

export const SessionAnalytics = z
  .object({
    sessionId: z.string(),
    name: z.string().nullable().describe("null when it was deleted"),
    state: z.enum(SESSION_STATES).nullable(),
    counts: Counts,
    rates: Rates,
    lastAt: z.iso.datetime().nullable().describe("The last event counted in the period"),
  })
  .meta({ id: "SessionAnalytics" });
export type SessionAnalytics = z.infer<typeof SessionAnalytics>;

export const Failures = Period.extend({
  total: z.int(),
  causes: z.array(
    z.object({
      status: z.enum(["failed", "expired"]),
      cause: z.string().describe("The error's code"),
      count: z.int(),
      share: z.number().describe("Of the total, 0 to 1"),
      lastAt: z.iso.datetime(),
    }),
  ),
}).meta({ id: "AnalyticsFailures" });
export type Failures = z.infer<typeof Failures>;

const common = { method: "GET", permission: "analytics:read", tag, produces: ["text/csv"] } as const;

export const getOverview = route({
  ...common,
  path: "/analytics/overview",
  action: "analytics.overview",
  summary: "Counts and rates of a period, in all and by session, and the change from the period before",
  query: object(period),
  responses: { 200: Overview },
  problems: ["not_acceptable"],
});

export const getTimeSeries = route({
  ...common,
  path: "/analytics/timeseries",
  action: "analytics.timeseries",
  summary: "One metric step by step",
  query: object({
    metric: Metric.default("sent"),
    interval: z
      .enum(BUCKET_SIZES)
      .default("hour")
      .describe("Minutes are kept for 48 hours, hours for 90 days, days for 3 years"),
    from: time.optional().describe("Before `until` by an hour of minutes, 24 hours, or 30 days when absent"),
    until: period.until,
    session,
  }),
  responses: { 200: TimeSeries },
  problems: ["not_found", "not_acceptable"],
});

export const getTrends = route({
  ...common,
  path: "/analytics/trends",
  action: "analytics.trends",
  summary: "A period against the one before, and against the same weekday in the weeks before",
  query: object({ ...period, session }),
  responses: { 200: Trends },
  problems: ["not_found", "not_acceptable"],
});

export const listSessionAnalytics = route({
  ...common,
  path: "/analytics/sessions",
  action: "analytics.sessions",
  summary: "Counts and rates of each session",
  query: object({ ...period, ...page }),
  responses: { 200: listOf(SessionAnalytics).extend(Period.shape) },
  problems: ["cursor_invalid", "not_acceptable"],
});

export const getFailures = route({
  ...common,
  path: "/analytics/failures",
  action: "analytics.failures",
  summary: "Why messages were not sent",
  query: object({ ...period, session }),
  responses: { 200: Failures },
  problems: ["not_found", "not_acceptable"],
});

export const analyticsRoutes = [getOverview, getTimeSeries, getTrends, listSessionAnalytics, getFailures];
