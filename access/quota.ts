/**
 * Quotas on what a tenant has: the count and the insert share a transaction, so that two requests cannot both be the
 * last.
 */
import type { Context } from "moleculer";
import { systemNow } from "../concurrency/clock.ts";
import { Problem } from "../contracts/errors.ts";
import { crossedThreshold, type TenantLimits } from "../contracts/plans.ts";
import type { Database, Transaction } from "../db/database.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import { countLimited, type Limited } from "../db/statements/identity/quota-counts.ts";
import { announceEvents } from "../event-log/announce.ts";
import { principalOf, type CallMeta } from "./call.ts";

/**
 * Runs `add` in a transaction if the caller's tenant may have one more, and appends the event `quota.threshold` when
 * the count reaches 80 or 100 % of the limit. Throws the problem `quota_exceeded`.
 */
export async function addWithinQuota<T>(
  database: Database,
  ctx: Context<unknown, CallMeta>,
  quota: Limited,
  add: (sql: Transaction) => Promise<T>,
): Promise<T> {
  const { tenantId } = principalOf(ctx);
  const { quotas } = await ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId });
  const limit = quotas[quota];
  if (limit === null) return database.transaction(add);
  const { added, percent } = await database.transaction(async (sql) => {
    const now = systemNow();
    const before = await countLimited(sql, quota, tenantId, now);
    if (before >= limit)
      throw new Problem("quota_exceeded", `the plan allows ${limit}`, { facts: { quota, limit, used: before } });
    const added = await add(sql);
    const used = before + 1;
    const percent = crossedThreshold(before, used, limit);
    if (percent !== null) {
      const data = { quota, limit, used, percent };
      await appendEvents(sql, [{ type: "quota.threshold", tenantId, sessionId: null, data }], now);
    }
    return { added, percent };
  });
  if (percent !== null) announceEvents(ctx.broker);
  return added;
}
