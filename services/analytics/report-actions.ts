/** The reports as actions: whose counts, of which time, in which form. */
import type * as routes from "../../contracts/routes/analytics.ts";
import { BUCKETS } from "../../contracts/analytics.ts";
import { principalOf, type Call, type CallMeta } from "../../access/call.ts";
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { requireSession } from "../../access/session-scope.ts";
import { answerIn } from "./csv.ts";
import type { AnalyticsService } from "./types.ts";
import { readPeriod, viewPeriod, type Period } from "./periods.ts";
import { failures, overview, sessions, timeSeries, trends, type Question } from "./reports.ts";
import { failuresSheet, overviewSheet, sessionsSheet, timeSeriesSheet, trendsSheet } from "./sheets.ts";

/** How far a time series goes back when its begin is not given, by its step. */
const USUAL_LENGTH = { minute: BUCKETS.hour.length, hour: BUCKETS.day.length, day: 30 * BUCKETS.day.length } as const;

interface Asked {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly session?: string | undefined;
}

/** The question of a call: the sessions that its caller may see, or the one that it names. */
async function toQuestion(
  service: AnalyticsService,
  ctx: { meta: CallMeta },
  asked: Asked,
  length?: number,
): Promise<Question> {
  const principal = principalOf(ctx);
  const now = Date.now();
  const period: Period = readPeriod(asked, now, length);
  const named =
    asked.session === undefined ? null : [(await requireSession(service.database, principal, asked.session)).id];
  return { scope: { tenantId: principal.tenantId, sessions: named ?? principal.sessions }, period, now };
}

export const reportActions = {
  async overview(this: AnalyticsService, ctx: Call<typeof routes.getOverview>) {
    const question = await toQuestion(this, ctx, ctx.params.query);
    return answerIn(ctx.meta, await this.readSide.read((sql) => overview(sql, question)), "overview", overviewSheet);
  },

  async timeseries(this: AnalyticsService, ctx: Call<typeof routes.getTimeSeries>) {
    const { metric, interval, session, ...period } = ctx.params.query;
    const question = await toQuestion(this, ctx, { ...period, session }, USUAL_LENGTH[interval]);
    const sessionId = session === undefined ? null : question.scope.sessions![0]!;
    const report = await this.readSide.read((sql) => timeSeries(sql, { ...question, metric, interval, sessionId }));
    return answerIn(ctx.meta, report, `timeseries-${metric}`, timeSeriesSheet);
  },

  async trends(this: AnalyticsService, ctx: Call<typeof routes.getTrends>) {
    const question = await toQuestion(this, ctx, ctx.params.query);
    return answerIn(ctx.meta, await this.readSide.read((sql) => trends(sql, question)), "trends", trendsSheet);
  },

  async sessions(this: AnalyticsService, ctx: Call<typeof routes.listSessionAnalytics>) {
    const { limit, cursor, ...asked } = ctx.params.query;
    const after = cursor === undefined ? "" : fromCursor(this.secrets, "session-analytics", cursor);
    const question = await toQuestion(this, ctx, asked);
    const { period, rows } = await this.readSide.read((sql) => sessions(sql, question));
    const rest = rows.filter(({ sessionId }) => sessionId > after);
    const data = rest.slice(0, limit);
    const nextCursor = rest.length > limit ? toCursor(this.secrets, "session-analytics", data.at(-1)!.sessionId) : null;
    return answerIn(ctx.meta, { ...viewPeriod(period), data, nextCursor }, "sessions", sessionsSheet);
  },

  async failures(this: AnalyticsService, ctx: Call<typeof routes.getFailures>) {
    const question = await toQuestion(this, ctx, ctx.params.query);
    return answerIn(ctx.meta, await this.readSide.read((sql) => failures(sql, question)), "failures", failuresSheet);
  },
};
