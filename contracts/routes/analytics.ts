/** Analytics: counts of events, in total and by session. Every response is also available as CSV. */
import { z } from "zod";
import { BUCKET_SIZES, METRICS, Metric } from "../analytics.ts";
import { listOf, object, page, route } from "../route.ts";
import { SESSION_STATES } from "../states.ts";

const tag = "Analytics";
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The most points that a time series may have. */
export const MAX_POINTS = 2_000;

const period = {
  from: time.optional().describe("Start of the period; by default 24 hours before `until`, at most three years ago"),
  until: time.optional().describe("End of the period (exclusive); by default now, which is also the latest"),
};
const session = z.string().min(1).max(80).optional().describe("Only this session, by id or name");

const Counts = z
  .object(Object.fromEntries(METRICS.map((metric) => [metric, z.int()])) as Record<Metric, z.ZodInt>)
  .describe("Events of the period by metric")
  .meta({ id: "AnalyticsCounts" });

const ratio = z.number().min(0).max(1).nullable();
const Rates = z
  .object({
    delivery: ratio.describe("delivered / sent"),
    read: ratio.describe("read / delivered"),
    failure: ratio.describe("failed / (sent + failed)"),
  })
  .describe("From the events of the period, whenever the messages were sent; at most 1, null when the divisor is 0")
  .meta({ id: "AnalyticsRates" });
export type Rates = z.infer<typeof Rates>;

const percent = z.number().nullable().describe("Change in percent; null when the earlier count is 0");
const Changes = z
  .object(Object.fromEntries(METRICS.map((metric) => [metric, percent])) as Record<Metric, typeof percent>)
  .meta({ id: "AnalyticsChanges" });

/** The period after rounding: to minutes in the last 48 hours, to hours in the last 90 days, to days before that. */
const Period = z.object({
  from: z.iso.datetime().describe("Start of the period, rounded"),
  until: z.iso.datetime().describe("End of the period (exclusive), rounded"),
});

const Comparison = z.object({
  counts: Counts,
  before: Counts.describe("Events of the period before"),
  change: Changes,
  rates: Rates,
});
export type Comparison = z.infer<typeof Comparison>;

export const Overview = Period.extend({
  before: Period.describe("The period of the same length just before"),
  total: Comparison,
  sessions: z
    .array(Comparison.extend({ sessionId: z.string(), name: z.string().nullable() }))
    .describe("The 200 most active sessions; name is null for deleted ones"),
}).meta({ id: "AnalyticsOverview" });
export type Overview = z.infer<typeof Overview>;

export const TimeSeries = Period.extend({
  metric: Metric,
  interval: z.enum(BUCKET_SIZES).describe("The length of the intervals"),
  sessionId: z.string().nullable(),
  timezone: z
    .string()
    .describe("Time zone of the days: the tenant's, rounded to whole hours of UTC; UTC for minutes and hours"),
  total: z.int(),
  points: z
    .array(
      z.object({
        at: z.iso.datetime().describe("Start of the interval"),
        value: z.int().describe("The count of the interval"),
      }),
    )
    .describe("One for each interval"),
}).meta({ id: "AnalyticsTimeSeries" });
export type TimeSeries = z.infer<typeof TimeSeries>;

export const Trend = z
  .object({
    metric: Metric,
    value: z.int().describe("The count of the period"),
    before: z
      .object({ value: z.int().describe("The count of the period before"), change: percent })
      .describe("The period of the same length just before"),
    sameWeekday: z
      .object({
        average: z.number().describe("Average count"),
        weeks: z.int().describe("Number of weeks with counts"),
        change: percent,
      })
      .nullable()
      .describe(
        "Average of the same time of the week in up to four earlier weeks that have counts; null when there are none",
      ),
  })
  .meta({ id: "AnalyticsTrend" });
export type Trend = z.infer<typeof Trend>;

export const Trends = Period.extend({
  before: Period.describe("The period of the same length just before"),
  trends: z.array(Trend).describe("One for each metric"),
}).meta({ id: "AnalyticsTrends" });
export type Trends = z.infer<typeof Trends>;

export const SessionAnalytics = z
  .object({
    sessionId: z.string(),
    name: z.string().nullable().describe("null for a deleted session"),
    state: z.enum(SESSION_STATES).nullable().describe("The current state; null for a deleted session"),
    counts: Counts,
    rates: Rates,
    lastAt: z.iso.datetime().nullable().describe("Time of the last counted event of the period"),
  })
  .meta({ id: "SessionAnalytics" });
export type SessionAnalytics = z.infer<typeof SessionAnalytics>;

export const Failures = Period.extend({
  total: z.int(),
  causes: z
    .array(
      z.object({
        status: z.enum(["failed", "expired"]),
        cause: z.string().describe("Code of the error"),
        count: z.int().describe("Number of messages"),
        share: z.number().describe("Share of the total, 0 to 1"),
        lastAt: z.iso.datetime(),
      }),
    )
    .describe("The most frequent first"),
}).meta({ id: "AnalyticsFailures" });
export type Failures = z.infer<typeof Failures>;

const common = {
  method: "GET",
  permission: "analytics:read",
  sessions: "filtered",
  tag,
  produces: ["text/csv"],
} as const;

export const getOverview = route({
  ...common,
  path: "/analytics/overview",
  action: "analytics.overview",
  summary: "Get counts and rates of a period, in total and by session, and the change from the period before",
  query: object(period),
  responses: { 200: Overview },
  problems: ["not_acceptable"],
});

export const getTimeSeries = route({
  ...common,
  path: "/analytics/timeseries",
  action: "analytics.timeseries",
  summary: "Get a time series of one metric",
  query: object({
    metric: Metric.default("sent"),
    interval: z
      .enum(BUCKET_SIZES)
      .default("hour")
      .describe("Minutes are kept for 48 hours, hours for 90 days, days for 3 years"),
    from: time
      .optional()
      .describe("Start of the period; by default 1 hour (minutes), 24 hours (hours) or 30 days (days) before `until`"),
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
  summary: "Compare a period with the one before and with the same weekday in earlier weeks",
  query: object({ ...period, session }),
  responses: { 200: Trends },
  problems: ["not_found", "not_acceptable"],
});

export const listSessionAnalytics = route({
  ...common,
  path: "/analytics/sessions",
  action: "analytics.sessions",
  summary: "List counts and rates of each session",
  query: object({ ...period, ...page }),
  responses: { 200: listOf(SessionAnalytics).extend(Period.shape) },
  problems: ["cursor_invalid", "not_acceptable"],
});

export const getFailures = route({
  ...common,
  path: "/analytics/failures",
  action: "analytics.failures",
  summary: "List the causes of messages that were not sent",
  query: object({ ...period, session }),
  responses: { 200: Failures },
  problems: ["not_found", "not_acceptable"],
});

export const analyticsRoutes = [getOverview, getTimeSeries, getTrends, listSessionAnalytics, getFailures];
