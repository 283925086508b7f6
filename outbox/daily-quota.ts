/** The daily quota of messages: a tenant's messages of the day (UTC), counted in the transaction that accepts them. */
import { Problem } from "../contracts/errors.ts";
import type { EventDraft } from "../contracts/events.ts";
import type { Id } from "../contracts/ids.ts";
import { crossedThreshold } from "../contracts/plans.ts";
import type { Sql } from "../db/database.ts";
import { addUsage } from "../db/statements/messages/usage.ts";

const DAY = 86_400_000;

/**
 * A tenant's count while a transaction accepts messages. The counter's row is locked from its reservation to the
 * commit.
 */
export interface DailyUsage {
  readonly tenantId: Id<"tenant">;
  /** Messages per day; null without a limit. */
  readonly limit: number | null;
  /** The count before this transaction. */
  readonly before: number;
  /** Messages that this transaction has added to the counter. */
  readonly reserved: number;
  /** Those of them that are accepted; the others are given back at the end. */
  accepted: number;
}

/** Adds `count` messages to the tenant's day, to be accepted one by one. */
export async function reserveUsage(
  sql: Sql,
  { tenantId, limit, count, now }: { tenantId: Id<"tenant">; limit: number | null; count: number; now: number },
): Promise<DailyUsage> {
  const total = await addUsage(sql, { tenantId, metric: "messages", period: dayOf(now), by: count });
  return { tenantId, limit, before: total - count, reserved: count, accepted: 0 };
}

/** Counts `count` reserved messages as accepted; returns the problem `quota_exceeded` if they exceed the limit. */
export function useQuota(usage: DailyUsage, count: number, now: number): Problem | undefined {
  const left = usage.limit === null ? Number.POSITIVE_INFINITY : usage.limit - usage.before - usage.accepted;
  if (count <= left) {
    usage.accepted += count;
    return undefined;
  }
  return new Problem(
    "quota_exceeded",
    `the tenant may send ${usage.limit} messages a day, and ${Math.max(0, left)} of today's are left`,
    { retryAfter: Math.ceil((DAY - (now % DAY)) / 1_000) },
  );
}

/**
 * Gives back what was reserved and not accepted, and returns an event if the accepted messages have crossed a
 * threshold.
 */
export async function finishUsage(sql: Sql, usage: DailyUsage, now: number): Promise<EventDraft[]> {
  const { tenantId, limit, before, reserved, accepted } = usage;
  if (accepted < reserved)
    await addUsage(sql, { tenantId, metric: "messages", period: dayOf(now), by: accepted - reserved });
  const used = before + accepted;
  const percent = crossedThreshold(before, used, limit);
  if (percent === null || limit === null) return [];
  return [
    {
      type: "quota.threshold",
      tenantId,
      sessionId: null,
      data: { quota: "messagesPerDay", limit, used, percent },
    },
  ];
}

/** The day by which messages are counted, such as 2026-01-31. */
function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
