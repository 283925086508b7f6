/** Sums, rates and changes of counts. */
import { METRICS, type Counts, type Metric } from "../../contracts/analytics.ts";
import type { Comparison, Rates } from "../../contracts/routes/analytics.ts";
import type { SessionCount } from "../../db/statements/analytics/analytics-reads.ts";

export interface SessionFigures {
  readonly counts: Counts;
  /** ms; 0 when nothing was counted. */
  lastAt: number;
}

export function noCounts(): Counts {
  return Object.fromEntries(METRICS.map((metric) => [metric, 0])) as Counts;
}

/** Adds up the rows of several stretches of time, by session. */
export function bySession(rows: readonly SessionCount[]): Map<string, SessionFigures> {
  const sessions = new Map<string, SessionFigures>();
  for (const { session_id: id, metric, count, last_at: lastAt } of rows) {
    const figures = sessions.get(id) ?? { counts: noCounts(), lastAt: 0 };
    figures.counts[metric] += count;
    figures.lastAt = Math.max(figures.lastAt, lastAt);
    sessions.set(id, figures);
  }
  return sessions;
}

export function totalOf(sessions: Iterable<SessionFigures>): Counts {
  const total = noCounts();
  for (const { counts } of sessions) for (const metric of METRICS) total[metric] += counts[metric];
  return total;
}

/** Between 0 and 1, to four decimals; null when the whole is 0. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.min(1, Math.round((part / whole) * 10_000) / 10_000);
}

export function ratesOf({ sent, delivered, read, failed }: Counts): Rates {
  return { delivery: ratio(delivered, sent), read: ratio(read, delivered), failure: ratio(failed, sent + failed) };
}

/** The change in percent, rounded to a tenth; null when there was nothing before. */
export function changeOf(value: number, before: number): number | null {
  return before === 0 ? null : Math.round(((value - before) / before) * 1_000) / 10;
}

export function compare(counts: Counts, before: Counts): Comparison {
  const change = Object.fromEntries(
    METRICS.map((metric) => [metric, changeOf(counts[metric], before[metric])]),
  ) as Record<Metric, number | null>;
  return { counts, before, change, rates: ratesOf(counts) };
}
