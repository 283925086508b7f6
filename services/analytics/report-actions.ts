/** The actions that return reports: they determine the sessions, the period and the format. */
import { systemNow } from "../../concurrency/clock.ts";
import * as routes from "../../contracts/routes/analytics.ts";
import { BUCKETS } from "../../contracts/analytics.ts";
import { principalOf, type CallMeta } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { actionsOf } from "../../access/serve.ts";
import { requireSession } from "../../access/session-scope.ts";
import { inAcceptedFormat } from "./csv.ts";
import type { AnalyticsService } from "./types.ts";
import { readPeriod, viewPeriod, type Period } from "./periods.ts";
import { failures, overview, sessions, timeSeries, trends, type ReportRequest } from "./reports.ts";
import { failuresSheet, overviewSheet, sessionsSheet, timeSeriesSheet, trendsSheet } from "./sheets.ts";

/** ms that a time series covers by default, by its interval. */
const DEFAULT_LENGTH = { minute: BUCKETS.hour.length, hour: BUCKETS.day.length, day: 30 * BUCKETS.day.length } as const;

const { serve } = actionsOf<AnalyticsService>();

interface ReportQuery {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly session?: string | undefined;
}

/** A report on the sessions that the caller may see, or on the one session that the query names. */
async function toReportRequest(
  service: AnalyticsService,
  ctx: { meta: CallMeta },
  query: ReportQuery,
  length?: number,
): Promise<ReportRequest> {
  const principal = principalOf(ctx);
  const now = systemNow();
  const period: Period = readPeriod(query, now, length);
  const named =
    query.session === undefined ? null : [(await requireSession(service.database, principal, query.session)).id];
  return { scope: { tenantId: principal.tenantId, sessions: named ?? principal.sessions }, period, now };
}

export const reportActions = {
  overview: serve(routes.getOverview, async function (ctx) {
    const request = await toReportRequest(this, ctx, ctx.params.query);
    return inAcceptedFormat(ctx.meta, await this.read((sql) => overview(sql, request)), "overview", overviewSheet);
  }),

  timeseries: serve(routes.getTimeSeries, async function (ctx) {
    const { metric, interval, session, ...period } = ctx.params.query;
    const request = await toReportRequest(this, ctx, { ...period, session }, DEFAULT_LENGTH[interval]);
    const sessionId = session === undefined ? null : request.scope.sessions![0]!;
    const report = await this.read((sql) => timeSeries(sql, { ...request, metric, interval, sessionId }));
    return inAcceptedFormat(ctx.meta, report, `timeseries-${metric}`, timeSeriesSheet);
  }),

  trends: serve(routes.getTrends, async function (ctx) {
    const request = await toReportRequest(this, ctx, ctx.params.query);
    return inAcceptedFormat(ctx.meta, await this.read((sql) => trends(sql, request)), "trends", trendsSheet);
  }),

  sessions: serve(routes.listSessionAnalytics, async function (ctx) {
    const { limit, cursor, ...query } = ctx.params.query;
    const after = cursor === undefined ? "" : fromCursor(this.secrets, "session-analytics", cursor);
    const request = await toReportRequest(this, ctx, query);
    const { period, rows } = await this.read((sql) => sessions(sql, request));
    const rest = rows.filter(({ sessionId }) => sessionId > after);
    const data = rest.slice(0, limit);
    const nextCursor = rest.length > limit ? toCursor(this.secrets, "session-analytics", data.at(-1)!.sessionId) : null;
    return inAcceptedFormat(ctx.meta, { ...viewPeriod(period), data, nextCursor }, "sessions", sessionsSheet);
  }),

  failures: serve(routes.getFailures, async function (ctx) {
    const request = await toReportRequest(this, ctx, ctx.params.query);
    return inAcceptedFormat(ctx.meta, await this.read((sql) => failures(sql, request)), "failures", failuresSheet);
  }),
};
