/** The reports as tables, for CSV. */
import { METRICS, type Counts } from "../../contracts/analytics.ts";
import type {
  Comparison,
  Failures,
  Overview,
  Rates,
  SessionAnalytics,
  TimeSeries,
  Trends,
} from "../../contracts/routes/analytics.ts";
import type { Sheet } from "./csv.ts";

/** A row for each session and metric; the tenant's total has no session id. */
export function overviewSheet(report: Overview): Sheet {
  const rowsOf = (sessionId: string | null, name: string | null, { counts, before, change }: Comparison) =>
    METRICS.map((metric) => [sessionId, name, metric, counts[metric], before[metric], change[metric]]);
  const rows = [
    ...rowsOf(null, null, report.total),
    ...report.sessions.flatMap((session) => rowsOf(session.sessionId, session.name, session)),
  ];
  return { columns: ["sessionId", "name", "metric", "value", "before", "change"], rows };
}

export function timeSeriesSheet({ metric, points }: TimeSeries): Sheet {
  return { columns: ["at", metric], rows: points.map(({ at, value }) => [at, value]) };
}

export function trendsSheet({ trends }: Trends): Sheet {
  return {
    columns: ["metric", "value", "before", "change", "sameWeekdayAverage", "sameWeekdayWeeks", "sameWeekdayChange"],
    rows: trends.map(({ metric, value, before, sameWeekday: same }) => [
      metric,
      value,
      before.value,
      before.change,
      same?.average ?? null,
      same?.weeks ?? null,
      same?.change ?? null,
    ]),
  };
}

export function sessionsSheet({ data }: { readonly data: readonly SessionAnalytics[] }): Sheet {
  const cells = (counts: Counts, { delivery, read, failure }: Rates) => [
    ...METRICS.map((metric) => counts[metric]),
    delivery,
    read,
    failure,
  ];
  return {
    columns: ["sessionId", "name", "state", ...METRICS, "deliveryRate", "readRate", "failureRate", "lastAt"],
    rows: data.map(({ sessionId, name, state, counts, rates, lastAt }) => [
      sessionId,
      name,
      state,
      ...cells(counts, rates),
      lastAt,
    ]),
  };
}

export function failuresSheet({ causes }: Failures): Sheet {
  return {
    columns: ["status", "cause", "count", "share", "lastAt"],
    rows: causes.map(({ status, cause, count, share, lastAt }) => [status, cause, count, share, lastAt]),
  };
}
